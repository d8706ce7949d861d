using Belay.History;
using Belay.Migrations;
using Belay.Risks;
using Belay.Sql;

namespace Belay.Releases.Work;

/// <summary>Runs the pending migrations behind the gate.</summary>
internal static class MigrateStage
{
    public static async Task<string> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        if (run.Settings.Migrator is { } migrator)
        {
            return await MigratorStage.RunAsync(run, migrator, cancellationToken);
        }

        if (run.Settings.DryRun)
        {
            return await TryMigrationsAsync(run, cancellationToken);
        }

        var isRehearsed = run.Settings.Rehearsal.BeforeMigrate && run.HasPending;
        if (isRehearsed)
        {
            await RehearseStage.RunAsync(run, cancellationToken);
        }

        var files = run.ReadMigrations();
        await using var held = await GateStage.LockAsync(run, cancellationToken);
        var (applied, plan) = await ReadPlanAsync(run, files, cancellationToken);
        if (plan is { Pending.Count: 0, Faults.Count: 0 })
        {
            run.Transcript.NothingToMigrate();
            run.JustRan = new HashSet<string>();
            await run.Watch.ConfirmAsync(run.Preflight?.Drift, cancellationToken);
            return $"Nothing to migrate: {applied.Count} applied";
        }

        await PlanStage.DemandAsync(run, () => files, cancellationToken);
        if (run.Settings.Risks.Policy == RiskPolicy.Refuse && !isRehearsed)
        {
            await RiskStage.TryAsync(run, files, held, cancellationToken);
        }

        await using var proof = await GateStage.DemandAsync(run, cancellationToken);
        WayBackCheck.DemandRehearsed(run, proof.Backup.Id);
        await SmokeTestStage.JudgeAsync(run, cancellationToken);
        await WatchStage.PrepareAsync(run, plan.Pending, cancellationToken);
        run.Transcript.MigrationStarted();
        var outcome = await new MigrationRunner(
            run.Connector, run.Settings.Migrations, run.Output, run.TimeProvider)
            { Watch = run.Watch, Lock = held, Committed = run.Record.Ran, Trace = run.Record.Trace }
            .RunAsync(proof, files, cancellationToken);
        run.JustRan = files.Where(file => outcome.Applied.Any(row => row.IsOf(file)))
            .Select(file => file.Verify?.Path).OfType<string>().ToHashSet(StringComparer.Ordinal);
        run.Transcript.MigrationSucceeded();
        return $"{Quantity.Count(outcome.Applied.Count, "migration")} applied behind backup {proof.Backup.Id}";
    }

    private static async Task<string> TryMigrationsAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var outcome = await RiskStage.TryAsync(run, run.ReadMigrations(), null, cancellationToken);
        return $"Dry run, nothing kept: {outcome.DryRun.Summary}";
    }

    private static Task<(IReadOnlyList<AppliedMigration> Applied, MigrationPlan Plan)> ReadPlanAsync(
        ReleaseRun run, IReadOnlyList<Migration> files, CancellationToken cancellationToken)
        => run.Connector.ReadAsync(
            "status",
            connection => MigrationPlanReader.ReadAsync(connection, files, run.Settings.Migrations, cancellationToken),
            cancellationToken);
}
