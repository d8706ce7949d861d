using Belay.Preflight;
using Belay.Risks;

namespace Belay.Releases.Work;

/// <summary>Looks at everything that a release needs, and prints what it saw.</summary>
internal static class PreflightStage
{
    public static async Task<string> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        run.Transcript.Begin(run.Database.Database);
        run.Transcript.SettingsLoaded();
        run.Transcript.DatabaseConfigured(run.Database.DisplayName);
        var report = await new PreflightRunner(new PreflightRequest
        {
            Target = run.Database,
            Store = run.Settings.Store is null ? null : run.Store,
            Migrations = run.Settings.Migrations,
            Drift = run.Settings.Drift,
            TimeProvider = run.TimeProvider,
            Work = run.Request.Work,
            RecordFolder = run.Record.Folder,
            ReadsMigrations = run.Settings.Migrator is null,
            Rehearses = run.Settings.Rehearsal.BeforeMigrate,
        }).RunAsync(cancellationToken);
        run.Preflight = report;
        run.Transcript.MigrationsLoaded([.. report.Pending.Select(migration => migration.FileName)]);
        run.Transcript.DatabaseConnected(report.ServerVersion);
        run.Transcript.PreflightCompleted(report.PendingObjects);
        report.Scope.ToList().ForEach(line => run.Output.Line($"      {line}"));
        FindingPrinter.Print(report.Findings, run.Output);
        AcceptedRules.Demand(report.Pending);
        run.Record.Drifted(report.Drift);
        run.Record.Saw(report);
        WayBackCheck.DemandScripts(run);
        await SmokeTestStage.JudgeAsync(run, cancellationToken);
        await WatchStage.BeginAsync(run, cancellationToken);
        if (run.Settings.Migrator is null)
        {
            await PlanStage.DemandAsync(run, run.ReadMigrations, cancellationToken);
        }

        return $"{Quantity.Count(report.Pending.Count, "migration")} pending, {report.Applied.Count} applied";
    }
}
