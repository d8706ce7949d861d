using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Recovery;
using Belay.Recovery.Restoring;

namespace Belay.Releases.Work;

/// <summary>Puts a backup back: shows what would be lost, asks for a confirmation, backs up what is there, restores beside it,
/// swaps.</summary>
internal static class RestoreStage
{
    public static async Task<string> RunAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var input = run.Request.Input;
        if (input.Text(RecoveryParameters.DropOld) is { } old)
        {
            var size = await new ReplacedDatabase(run.Database, old).DropAsync(input.Text(RecoveryParameters.Confirm), cancellationToken);
            return $"{old} dropped, {Quantity.Bytes(size)}";
        }

        var backup = await BackupStages.FindAsync(
            run, input.Text(BackupParameters.Backup) ?? BackupChoice.Latest, cancellationToken);
        var preview = await PreviewAsync(run, backup.Manifest, cancellationToken);
        preview.Lines.ToList().ForEach(run.Output.Line);
        if (run.Settings.DryRun)
        {
            return $"{backup.Manifest.Id} would be restored as {preview.Request.Name}; nothing was touched";
        }

        preview.Confirm();
        var fact = await RunAsync(run, preview, cancellationToken);
        return $"{fact}{(preview.Request.NewName is null ? await LogInAsync(run, cancellationToken) : "")}";
    }

    /// <summary>What would be replaced and lost.</summary>
    public static async Task<RestorePreview> PreviewAsync(ReleaseRun run, BackupManifest backup, CancellationToken cancellationToken)
    {
        var runner = await RunnerAsync(run, backup, cancellationToken);
        return await runner.PreviewAsync(Request(run, backup), cancellationToken);
    }

    /// <summary>Restores what was shown, after a backup of what it replaces.</summary>
    public static async Task<string> RunAsync(ReleaseRun run, RestorePreview preview, CancellationToken cancellationToken)
    {
        preview.DemandAlone();
        if (preview.Replaces)
        {
            await BackupStages.BackupAsync(run, cancellationToken);
        }

        var backup = preview.Request.Backup;
        var outcome = await (await RunnerAsync(run, backup, cancellationToken)).RunAsync(preview, cancellationToken);
        run.Record.Standing = $"as backup {backup.Id} had it";
        Tell(run, outcome);
        return $"{backup.Id} restored as {preview.Request.Name} in {Quantity.Duration(outcome.Duration)}";
    }

    private static RestoreRequest Request(ReleaseRun run, BackupManifest backup) => new()
    {
        Backup = backup,
        Target = run.Database,
        NewName = run.Request.Input.Text(RecoveryParameters.ToNew),
        EndsSessions = run.Settings.EndsSessions,
        Confirmation = run.Request.Input.Text(RecoveryParameters.Confirm),
    };

    /// <summary>With the programs of the backup's own version where they are here: newer ones set what an older server does not
    /// know.</summary>
    private static async Task<RestoreRunner> RunnerAsync(ReleaseRun run, BackupManifest backup, CancellationToken cancellationToken)
    {
        var tools = await ToolSearch.ForDumpAsync(backup.ToolVersion, cancellationToken);
        return new RestoreRunner(run.Store, tools, run.Output, run.TimeProvider) { ScratchFolder = run.TemporaryFolder };
    }

    /// <summary>Whether the application works with what now stands there.</summary>
    private static async Task<string> LogInAsync(ReleaseRun run, CancellationToken cancellationToken)
        => run.Settings.Smoke is null
            ? "; nobody logged in, because SMOKE_URL is not set"
            : $"; {await SmokeTestStage.RunAsync(run, cancellationToken)}";

    private static void Tell(ReleaseRun run, RestoreOutcome outcome)
    {
        outcome.Facts.ToList().ForEach(fact => run.Output.Line($"      {fact}"));
        if (outcome.Replaced is { } old)
        {
            run.Output.Line(
                $"      The database that was there is {old}; when nobody needs it: {ReplacedDatabase.DropCommand(old)}");
        }
    }
}
