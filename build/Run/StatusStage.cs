using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Reporting;

/// <summary>Shows where database and store stand.</summary>
static class StatusStage
{
    public static async Task<string> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var files = run.ReadMigrations();
        var (_, applied) = await ReleaseStages.ReadHistoryAsync(run, cancellationToken);
        var catalog = await new BackupCatalog(run.Store).ReadAsync(cancellationToken);
        var report = new StatusReport(run.Database.DisplayName, ReleaseRun.Time.GetUtcNow(), MigrationStates.Of(files, applied, await ReleaseStages.ReadPartWayAsync(run, cancellationToken)), [.. Backups(catalog)])
        {
            Schema = await run.Watch.CompareAsync(cancellationToken),
        };
        StatusRenderer.Lines(report).ToList().ForEach(run.Output.Line);
        return $"{report.Counts}, {catalog.Backups.Count} backups";
    }

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
