using Belay.Migrations;
using Belay.Recovery;

namespace Belay.Releases.Stages;

/// <summary>The emergency path: warning, confirmation, preflight, backup, gate, rollback script.</summary>
internal static class RollbackStage
{
    public static async Task<string> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var runner = Runner(run, null);
        var preview = await runner.PreviewAsync(run.ReadMigrations(), cancellationToken);
        preview.Lines.ToList().ForEach(run.Output.Line);
        if (run.Settings.DryRun)
        {
            await runner.TryAsync(preview, cancellationToken);
            return $"{preview.Name} would be rolled back; the dry run was rolled back itself, database as before";
        }

        preview.Confirm(run.Request.Input.Text(RecoveryParameters.Confirm));
        await PreflightStage.RunAsync(run, cancellationToken);
        await BackupStages.BackupAsync(run, cancellationToken);
        await using var held = await GateStage.LockAsync(run, cancellationToken);
        await using var proof = await GateStage.DemandAsync(run, cancellationToken);
        await Runner(run, held).RunAsync(proof, preview, cancellationToken);
        run.Record.Standing = $"as before {preview.Name}, which is rolled back";
        return $"{preview.Name} rolled back behind backup {proof.Backup.Id}";
    }

    private static RollbackRunner Runner(ReleaseRun run, RunnerLock? held)
        => new(run.Connector, run.Settings.Migrations, run.Output, run.TimeProvider) { Watch = run.Watch, Lock = held };
}
