using Belay;
using Belay.Local;
using Belay.Releases;
using Belay.Releases.Stages;
using Belay.Settings;
using Nuke.Common;
using Nuke.Common.Utilities.Collections;
using Serilog;

sealed partial class Build
{
    static readonly string Root = RepositoryRoot.Find();
    static readonly Cancellation Cancellation = new(TimeProvider.System);
    static readonly ConsoleOutput Output = new(TimeProvider.System, text => Log.Warning("{Text:l}", text));
    static ReleaseRun? run;

    /// <summary>What surrounds every stage of a release: the shared run, the fact for the summary, the exit code, the record.</summary>
    Task StageAsync(string target, Func<ReleaseRun, CancellationToken, Task<string>> stage) => GuardAsync(target, async token =>
    {
        run ??= await ReleaseRun.BeginAsync(RunRequest, token);
        return await run.Record.StepAsync(target, () => stage(run, token));
    });

    /// <summary>What surrounds a target that is about this repository or the local profile: the fact and the exit code.</summary>
    Task DevelopAsync(string target, Func<CancellationToken, Task<string>> work) => GuardAsync(target, work);

    // Not the engine's OnBuildFinished, which NUKE also calls from its handler of Ctrl+C, on another thread and while a target runs.
    static Task<int> EndAsync(int exitCode) => run is null ? Task.FromResult(exitCode) : RunEnd.OfAsync(run, exitCode);

    // The check of arguments lets nothing through but true and false.
    bool IsDryRun => DryRun is not null && bool.Parse(DryRun);

    RunRequest RunRequest => new()
    {
        Input = new SettingsInput { RootFolder = Root, Environment = EnvironmentVariables.Read(), Given = Entrance.Arguments.Texts },
        Required = RequiredSettings.Of(ExecutionPlan.Except(SkippedTargets).Select(target => target.Name), IsDryRun),
        Profile = Entrance.Arguments.Profiles.Contains("local", StringComparer.OrdinalIgnoreCase) ? new LocalProfile(Root) : null,
        Output = Output,
        Arguments = new StageArguments { BackupId = BackupId, Database = Database, Reason = Reason, Confirm = Confirm, To = To, DryRun = IsDryRun },
        SmokeTestFollows = ScheduledTargets.Any(target => target.Name == nameof(SmokeTest)),
        Targets = [.. InvokedTargets.Select(target => target.Name)],
        Planned = [.. ExecutionPlan.Except(SkippedTargets).Select(target => target.Name)],
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
            Cancellation.Token.ThrowIfCancellationRequested();
            var fact = await work(Cancellation.Token);
            ReportSummary(pairs => pairs.AddPair(target, fact));
        }
        catch (Exception exception) when (exception is not StageFailedException)
        {
            var failure = Failure.From(StageFaults.Explain(exception, target) ?? exception, Cancellation.ExitCode);
            failure.Print();
            ExitCode = failure.ExitCode;
            run?.Record.Fail(failure);
            throw new StageFailedException(failure.Summary);
        }
    }
}
