using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Backups.Taking;
using Belay.Postgres;
using Belay.Rehearsal;

namespace Belay.Releases.Work;

/// <summary>Runs the pending migrations on a copy restored from a backup, and refuses what goes over a budget.</summary>
internal static class RehearseStage
{
    public static async Task<string> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var id = run.Record.BackupId ?? run.Request.Input.Text(BackupParameters.Backup) ?? BackupChoice.Latest;
        var backup = (await BackupStages.FindAsync(run, id, cancellationToken)).Manifest;
        var tools = await run.FindToolsAsync(backup, cancellationToken);
        var runner = new RehearsalRunner(run.Store, tools, run.Output, run.TimeProvider)
        {
            ScratchFolder = run.TemporaryFolder,
            Settings = run.Settings.Migrations,
            Live = await ReadLiveAsync(run, cancellationToken),
            Application = new TriedApplication
            {
                Smoke = run.Settings.Smoke,
                Command = run.Settings.Rehearsal.SmokeCommand,
                CommandTimeout = run.Settings.Rehearsal.SmokeCommandTimeout,
                Provided = run.Settings.Application,
            },
        };
        var age = Quantity.Duration(run.TimeProvider.GetUtcNow() - backup.SnapshotUtc);
        run.Output.Line($"      Rehearsal on a copy of {run.Database.Database}, {age} old, in PostgreSQL {tools.Version}");
        var (report, proven) = await runner.RunAsync(backup, run.Database, run.ReadMigrations(), cancellationToken);
        run.Record.Took(proven, run.Store.DisplayName);
        run.Record.Rehearsed(report.Lines);
        run.Rehearsal = report;
        report.Lines.ToList().ForEach(line => run.Output.Line($"      {line}"));
        BudgetCheck.Demand(report, run.Settings.Rehearsal);
        await RiskStage.LookAsync(run, report, cancellationToken);
        return report.Migrations.Count == 0
            ? $"nothing is pending after {backup.Id}"
            : $"{Quantity.Count(report.Migrations.Count, "migration")} rehearsed on {backup.Id} in {Quantity.Duration(report.Duration)}";
    }

    /// <summary>A rehearsal does without the database: then values that no manifest tells are missing on the copy, which is told.</summary>
    private static async Task<DatabaseDefinition?> ReadLiveAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        try
        {
            return await run.Connector.ReadAsync(
                "rehearsal", connection => DefinitionReader.ReadAsync(connection, cancellationToken), cancellationToken);
        }
        catch (BelayException fault) when (fault is DatabaseUnreachableException or DatabaseUnreadableException)
        {
            run.Output.Warn($"{fault.Message}. The rehearsal goes on without it (Hint: {fault.Hint})");
            return null;
        }
    }
}
