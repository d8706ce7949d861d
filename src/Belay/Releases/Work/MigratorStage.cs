using Belay.Migrators;
using Belay.Settings;

namespace Belay.Releases.Work;

/// <summary>Runs another migration tool behind the gate.</summary>
internal static class MigratorStage
{
    public static async Task<string> RunAsync(ReleaseRun run, MigratorSettings migrator, CancellationToken cancellationToken)
    {
        if (run.Settings.DryRun)
        {
            throw new SettingsException(
                "--dry-run cannot be had with --migrator: what it commits, it commits; nothing was run",
                "use the migrator's own dry run, or take --migrator away");
        }

        await using var held = await GateStage.LockAsync(run, cancellationToken);
        await using var proof = await GateStage.DemandAsync(run, cancellationToken);
        await SmokeTestStage.JudgeAsync(run, cancellationToken);
        run.Record.Runs(migrator.Command);
        run.Record.Standing = "as the migrator left it; ./build.sh Status shows it";
        run.Transcript.MigrationStarted();
        var outcome = await new MigratorRunner(
            run.Connector, run.Settings.Migrations, run.Output, run.TimeProvider) { Watch = run.Watch, Lock = held }
            .RunAsync(proof, migrator, cancellationToken);
        run.Transcript.MigratorEnded(outcome.Unchanged);
        return $"{outcome.Command} ended with 0 after {Quantity.Duration(outcome.Duration)}, behind backup "
            + $"{proof.Backup.Id}{(outcome.Unchanged is { } unchanged ? $". {unchanged}" : "")}";
    }
}
