using Belay.Backups;
using Belay.Migrations;
using Belay.Recovery;

namespace Belay.Releases.Work;

/// <summary>The emergency path: warning, confirmation, preflight, backup, gate, rollback scripts.</summary>
internal static class RollbackStage
{
    public static async Task<string> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var goal = RollbackGoal.Read(run.Request.Input.Text(BackupParameters.To));
        var preview = await PreviewAsync(run, goal, cancellationToken);
        if (preview.Steps.Count == 0)
        {
            return $"nothing to roll back: {preview.Standing}";
        }

        preview.Lines.ToList().ForEach(run.Output.Line);
        if (run.Settings.DryRun)
        {
            await Runner(run, null).TryAsync(preview, cancellationToken);
            return $"{preview.Name} would be rolled back; the dry run was rolled back itself, database as before";
        }

        preview.Confirm(run.Request.Input.Text(RecoveryParameters.Confirm));
        await PreflightStage.RunAsync(run, cancellationToken);
        return await RunAsync(run, preview, cancellationToken);
    }

    /// <summary>What would be taken back and lost.</summary>
    public static Task<RollbackPreview> PreviewAsync(ReleaseRun run, RollbackGoal goal, CancellationToken cancellationToken)
        => new RollbackReader(run.Connector, run.Settings.Migrations).ReadAsync(run.ReadMigrations(), goal, cancellationToken);

    /// <summary>Takes back what was shown, behind a backup of the database as it is now.</summary>
    public static async Task<string> RunAsync(ReleaseRun run, RollbackPreview preview, CancellationToken cancellationToken)
    {
        await BackupStages.BackupAsync(run, cancellationToken);
        await using var held = await GateStage.LockAsync(run, cancellationToken);
        await using var proof = await GateStage.DemandAsync(run, cancellationToken);
        await Runner(run, held).RunAsync(proof, preview, cancellationToken);
        run.Record.Standing = $"as before {preview.Steps[^1].Name}: rolled back {(preview.Steps.Count == 1 ? "is" : "are")} {preview.Name}";
        return $"{preview.Name} rolled back behind backup {proof.Backup.Id}";
    }

    private static RollbackRunner Runner(ReleaseRun run, RunnerLock? held)
        => new(run.Connector, run.Settings.Migrations, run.Output, run.TimeProvider)
        {
            Watch = run.Watch,
            Lock = held,
            Trace = run.Record.Trace,
            Drift = run.Settings.Drift,
        };
}
