using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Gate;
using Belay.History;
using Belay.Postgres;
using Belay.Reporting;
using Belay.Sql;

namespace Belay.Releases.Work;

/// <summary>Shows where database and store stand; does with one of them when the other is out of reach.</summary>
internal static class StatusStage
{
    public static async Task<string> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var history = await ReadHistoryAsync(run, cancellationToken);
        var catalog = await new BackupCatalog(run.Store).ReadAsync(cancellationToken);
        var report = new StatusReport(
            Name(run),
            run.TimeProvider.GetUtcNow(),
            history is null ? [] : MigrationStates.Of(ReadFolder(run), history.Value.Applied, history.Value.PartWay),
            [.. Backups(catalog)])
        {
            Schema = history is null ? null : await run.Watch.CompareAsync(cancellationToken),
            IsDatabaseKnown = history is not null,
            IsFolderKnown = Directory.Exists(run.Settings.Migrations.Folder),
            IsDatabaseNamed = run.Settings.Database is not null,
            Releases = await RecordStages.PastAsync(run, cancellationToken),
        };
        run.Status = report;
        StatusRenderer.Lines(report).ToList().ForEach(run.Output.Line);
        if (run.Settings.Backup.MaximumAgeForStatus is { Ticks: > 0 } maximum)
        {
            var database = run.Request.Input.Text(BackupParameters.Database) ?? run.DatabaseName;
            BackupAge.Demand(catalog, maximum, database, run.TimeProvider.GetUtcNow());
        }

        var backups = Quantity.Count(catalog.Backups.Count, "backup");
        return history is null ? $"{backups}; the database was not looked at" : $"{report.Counts}, {backups}";
    }

    private static string Name(ReleaseRun run) => run.Settings.Database?.DisplayName ?? "not named, because DATABASE_URL is not set";

    /// <summary>Null, with a warning, when the database or what this role must read of it is out of reach.</summary>
    private static async Task<(IReadOnlyList<AppliedMigration> Applied, IReadOnlyList<PartWayMigration> PartWay)?> ReadHistoryAsync(
        ReleaseRun run, CancellationToken cancellationToken)
    {
        if (run.Settings.Database is null)
        {
            return null;
        }

        try
        {
            return (
                await HistoryReading.AppliedAsync(run, cancellationToken), await HistoryReading.PartWayAsync(run, cancellationToken));
        }
        catch (BelayException fault)
            when (fault is DatabaseUnreachableException or DatabaseUnreadableException or MigrationException)
        {
            run.Output.Warn($"{fault.Message}. Only the store is shown (Hint: {fault.Hint})");
            return null;
        }
    }

    private static IReadOnlyList<Migration> ReadFolder(ReleaseRun run)
    {
        if (Directory.Exists(run.Settings.Migrations.Folder))
        {
            return run.ReadMigrations();
        }

        run.Output.Warn(
            $"There is no folder {run.Settings.Migrations.Folder}: what is pending is not known (Hint: name the folder with --migrations)");
        return [];
    }

    private static IEnumerable<StatusBackup> Backups(CatalogContents catalog)
        => catalog.Backups.OrderByDescending(backup => backup.Manifest.EndedUtc).Select(backup => new StatusBackup(
            backup.Manifest.Id,
            backup.Manifest.EndedUtc,
            backup.Manifest.Size,
            !backup.IsComplete ? "incomplete" : backup.Judgement.IsWhole ? backup.Judgement.Level.Name() : "none",
            backup.Manifest.Hold is null ? backup.Manifest.KeepUntil : null,
            Remark(backup))
            {
                Database = backup.Manifest.Database.Name,
                Server = backup.Manifest.Origin?.Address,
                Level = backup.Judgement.IsWhole ? backup.Judgement.Level : ProofLevel.None,
            })
        .Concat(catalog.Unreadable.Select(manifest => new StatusBackup(
            manifest.Found.Name, manifest.Found.LastModified, manifest.Found.Size, "none", null, manifest.Reason)));

    private static string? Remark(CatalogBackup backup)
    {
        string?[] remarks = [backup.Judgement.Fault, backup.Manifest.Hold is { } hold ? $"on hold: {hold}" : null];
        return remarks.OfType<string>().ToList() is { Count: > 0 } told ? string.Join("; ", told) : null;
    }
}
