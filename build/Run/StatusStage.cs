using Belay.Backups;
using Belay.Migrations;
using Belay.Reporting;

/// <summary>Shows where database and store stand.</summary>
static class StatusStage
{
    public static async Task<string> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var files = run.ReadMigrations();
        var (_, applied) = await ReleaseStages.ReadHistoryAsync(run, cancellationToken);
        var catalog = await new BackupCatalog(run.Store).ReadAsync(cancellationToken);
        var report = new StatusReport(run.Database.DisplayName, ReleaseRun.Time.GetUtcNow(), [.. Migrations(files, applied)], [.. Backups(catalog)]) { Schema = await run.Watch.CompareAsync(cancellationToken) };
        StatusRenderer.Lines(report).ToList().ForEach(run.Output.Line);
        return $"{applied.Count} applied, {report.Migrations.Count - applied.Count} pending, {catalog.Backups.Count} backups";
    }

    private static IEnumerable<StatusMigration> Migrations(IReadOnlyList<Migration> files, IReadOnlyList<AppliedMigration> applied)
    {
        var history = applied.ToDictionary(one => one.Version);
        var known = files.Select(file => file.Version).ToHashSet();
        return applied.Where(one => !known.Contains(one.Version)).Select(one => new StatusMigration($"{one.Version:0000}_{one.Name}", one.AppliedUtc, Remark("its file is not in the folder", one)))
            .Concat(files.Select(file => history.TryGetValue(file.Version, out var row)
                ? new StatusMigration(Path.GetFileNameWithoutExtension(file.FileName), row.AppliedUtc, Remark(row.Sha256 == file.Sha256 ? null : "changed since", row))
                : new StatusMigration(Path.GetFileNameWithoutExtension(file.FileName), null)))
            .OrderBy(migration => migration.Name, StringComparer.Ordinal);
    }

    private static string? Remark(string? oddity, AppliedMigration row)
        => (oddity, row.Remark) is (null, null) ? null : string.Join("; ", new[] { oddity, row.Remark }.OfType<string>());

    private static IEnumerable<StatusBackup> Backups(CatalogContents catalog)
        => catalog.Backups.OrderByDescending(backup => backup.Manifest.EndedUtc).Select(backup => new StatusBackup(
            backup.Manifest.Id,
            backup.Manifest.EndedUtc,
            backup.Manifest.Size,
            backup.IsComplete ? backup.Manifest.ProofLevel.ToString().ToLowerInvariant() : "incomplete",
            backup.Manifest.Hold is null ? backup.Manifest.KeepUntil : null,
            backup.Manifest.Hold is { } hold ? $"on hold: {hold}" : null))
        .Concat(catalog.Unreadable.Select(manifest => new StatusBackup(
            manifest.Found.Name, manifest.Found.LastModified, manifest.Found.Size, "none", null, manifest.Reason)));
}
