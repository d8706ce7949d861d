using Belay;
using Belay.Settings;
using Nuke.Common;
using Nuke.Common.Utilities.Collections;

sealed partial class Build
{
    readonly Cancellation cancellation = new();
    ReleaseRun? run;

    /// <summary>What surrounds every stage of a release: the shared run, the fact for the summary, the exit code, the record.</summary>
    Task StageAsync(string target, Func<ReleaseRun, CancellationToken, Task<string>> stage) => GuardAsync(target, async token =>
    {
        run ??= await ReleaseRun.BeginAsync(RunRequest, token);
        return await run.Record.StepAsync(target, () => stage(run, token));
    });

    /// <summary>What surrounds a target that is about this repository or the local profile: the fact and the exit code.</summary>
    Task DevelopAsync(string target, Func<CancellationToken, Task<string>> work) => GuardAsync(target, work);

    protected override void OnBuildFinished()
    {
        EndAsync().GetAwaiter().GetResult();
        cancellation.Dispose();
    }

    // Not cancelled: the record of a cancelled run is written, and what was started is stopped.
    async Task EndAsync()
    {
        if (run is not null)
        {
            await run.EndAsync(ExitCode ?? ExitCodes.Done);
        }
    }

    // The check of arguments lets nothing through but true and false.
    bool IsDryRun => DryRun is not null && bool.Parse(DryRun);

    RunRequest RunRequest => new()
    {
        Input = SettingsInput,
        Required = RequiredSettings.Of(ExecutionPlan.Except(SkippedTargets).Select(target => target.Name), IsDryRun),
        IsLocal = LoadedLocalProfiles.Contains("local", StringComparer.OrdinalIgnoreCase),
        Arguments = new StageArguments { BackupId = BackupId, Reason = Reason, Confirm = Confirm, To = To, DryRun = IsDryRun },
        SmokeTestFollows = ScheduledTargets.Any(target => target.Name == nameof(SmokeTest)),
        Targets = [.. InvokedTargets.Select(target => target.Name)],
    };

    /// <summary>An explicit Backup always takes one; on the way to Migrate only when something is pending.</summary>
    bool BackupIsNeeded => InvokedTargets.Any(target => target.Name == nameof(Backup)) || run is null or { HasPending: true };

    /// <summary>A dry run keeps nothing, so there is nothing to back up, to verify or to log in to. A target that was typed runs, and is refused.</summary>
    bool RunsForReal(string target) => !IsDryRun || InvokedTargets.Any(invoked => invoked.Name == target);

    async Task GuardAsync(string target, Func<CancellationToken, Task<string>> work)
    {
        EngineVariables.GiveBack();
        try
        {
            var fact = await work(cancellation.Token);
            ReportSummary(pairs => pairs.AddPair(target, fact));
        }
        catch (Exception exception) when (exception is not StageFailedException)
        {
            var failure = Failure.From(exception, cancellation.ExitCode);
            failure.Print();
            ExitCode = failure.ExitCode;
            run?.Record.Fail(failure);
            throw failure.IsCancellation
                ? new OperationCanceledException(failure.Summary)
                : new StageFailedException(failure.Summary);
        }
    }
}
