using Belay.Printing;
using Belay.Releases.Telling;
using Belay.Settings;

namespace Belay.Releases.Stages;

/// <summary>One run of a release from its first stage to its end: what surrounds every stage, whoever puts them in order.</summary>
public sealed class ReleaseSession
{
    private readonly ReleaseHost host;
    private readonly List<StageOutcome> outcomes = [];
    private readonly Dictionary<string, string> leftOut = [];
    private RunRequest? request;
    private ReleaseRun? run;
    private RunTelemetry? telemetry;

    /// <summary>Makes the session. Nothing is read or started before the first stage.</summary>
    public ReleaseSession(ReleaseHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        this.host = host with { Output = new NamingOutput(host.Output, host.Program) };
    }

    /// <summary>What became of the run so far.</summary>
    public RunOutcome Outcome
        => new(Failed?.Failure?.ExitCode ?? ExitCodes.Done, [.. outcomes]) { LeftOut = new Dictionary<string, string>(leftOut) };

    private StageOutcome? Failed => outcomes.Find(outcome => outcome.Failure is not null);

    /// <summary>Refuses values that cannot be read, before anything runs; what a stage needs is looked at with the first stage.</summary>
    /// <exception cref="SettingsException">Lists every fault, each in one line.</exception>
    public void DemandReadable() => SettingsReader.Read(host.Input, SettingParts.None);

    /// <summary>The conditions of a stage in words after "only when", known before anything is read.</summary>
    public static IReadOnlyList<string> ConditionTextsOf(ReleaseStage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return StageConditions.TextsOf(stage);
    }

    /// <summary>What must hold when a stage's turn comes, or it is left out.</summary>
    /// <param name="plan">The run's plan, asked for when the turn comes.</param>
    public IReadOnlyList<StageCondition> ConditionsOf(ReleaseStage stage, Func<ReleasePlan> plan)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return StageConditions.Of(stage, plan, () => run is null or { HasPending: true });
    }

    /// <summary>Runs a whole plan: each stage when its turn comes, up to the first failure.</summary>
    public async Task<RunOutcome> RunAsync(ReleasePlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        foreach (var stage in plan.Stages.TakeWhile(_ => Failed is null))
        {
            if (ConditionsOf(stage, () => plan).FirstOrDefault(condition => !condition.Holds()) is { } unmet)
            {
                LeaveOut(stage, unmet.Text);
                continue;
            }

            host.Entering(stage.Name);
            await RunAsync(stage, plan, cancellationToken);
        }

        return Outcome;
    }

    /// <summary>Notes that a stage was left out when its turn came.</summary>
    /// <param name="condition">The condition that did not hold, in words after "only when".</param>
    public void LeaveOut(ReleaseStage stage, string condition)
    {
        ArgumentNullException.ThrowIfNull(stage);
        leftOut.TryAdd(stage.Name, condition);
    }

    /// <summary>Runs one stage. The first one begins the run: its settings are read and a profile's servers started.</summary>
    public Task<StageOutcome> RunAsync(ReleaseStage stage, ReleasePlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(plan);
        request ??= RequestOf(plan);
        telemetry ??= RunTelemetry.Begin(request);
        return GuardAsync(stage.Name, stage.FaultExitCode, async () =>
        {
            run ??= await BeginAsync(plan, cancellationToken);
            return await run.Record.StepAsync(stage.Name, () => stage.Runs(run, cancellationToken));
        }, cancellationToken);
    }

    /// <summary>Runs a target that is no stage of a release, so that a failure is told and counted as a stage's is.</summary>
    /// <param name="work">Does the work and returns one fact for the summary.</param>
    public Task<StageOutcome> RunAsync(string target, Func<CancellationToken, Task<string>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return GuardAsync(target, ExitCodes.PreflightRefused, () => work(cancellationToken), cancellationToken);
    }

    /// <summary>Ends the run whatever happened: its record is written, what it started is stopped, and why it failed is told.</summary>
    /// <param name="exitCode">The exit code of what ran; below 0 when an engine failed and no stage said why.</param>
    /// <returns>The process's exit code: that of what ran, or 1 when all went well except the end.</returns>
    public async Task<int> EndAsync(int exitCode)
    {
        if (run is not null)
        {
            exitCode = await RunEnd.OfAsync(run, Failed?.Name, exitCode, code => RunNotices.EndAsync(run, code));
            await RunMetrics.WriteAsync(run, exitCode, CancellationToken.None);
            await (telemetry?.EndAsync(run.Record, exitCode) ?? Task.CompletedTask);
            return exitCode;
        }

        if (Failed is { Failure: { } failure } failed)
        {
            await TellAsync(failure, exitCode);
            PipelineLog.Of(host.Input.Environment, host.TimeProvider).Error(failure.Message);
            ClosingText.Print(new RunClosing(failure) { Stage = failed.Name }, host);
        }

        return exitCode;
    }

    /// <summary>A run whose settings were refused has a record too, for whoever waits for one, though no file.</summary>
    private async Task TellAsync(Failure failure, int exitCode)
    {
        if (request is null)
        {
            return;
        }

        var record = new RunRecord(request);
        record.Fail(failure);
        await RunNotices.RefusedAsync(request, record, exitCode);
        await (telemetry?.EndAsync(record, exitCode) ?? Task.CompletedTask);
        host.Recorded?.Invoke(RunDocument.Of(record, code => RunRecordEnd.ToJson(record, code), null, exitCode));
    }

    private RunRequest RequestOf(ReleasePlan plan) => new()
    {
        Host = host,
        Targets = plan.Targets,
        Required = plan.Needs,
        Work = plan.Work,
        IsRelease = plan.IsTyped(ReleaseStages.Migrate),
        CountsAllChecks = plan.IsTyped(ReleaseStages.Verify),
        TriesLogin = plan.Stages.Contains(ReleaseStages.SmokeTest) || plan.IsTyped(ReleaseStages.Preflight),
        LeavesLoginOut = plan.LeavesLoginOut,
        LeavesRecord = plan.LeavesRecord,
        TellsOthers = plan.TellsOthers,
        Watches = plan.Stages.Contains(ReleaseStages.Watch),
        ChangesDatabase = plan.ChangesDatabase,
        Parameters = [.. plan.Stages.SelectMany(stage => stage.Parameters).Distinct()],
    };

    private async Task<ReleaseRun> BeginAsync(ReleasePlan plan, CancellationToken cancellationToken)
    {
        plan.DemandThatDryRunApplies();
        var begun = await ReleaseRun.BeginAsync(request!, cancellationToken);
        RunNotices.Start(begun);
        return begun;
    }

    private async Task<StageOutcome> GuardAsync(
        string name, int faultExitCode, Func<Task<string>> work, CancellationToken cancellationToken)
    {
        var begun = host.TimeProvider.GetTimestamp();
        StageOutcome outcome = new(name, null, null);
        await InSpanAsync(name, async () =>
        {
            outcome = await TryAsync(name, faultExitCode, work, cancellationToken);
            return (outcome.Fact, outcome.Failure);
        });
        outcomes.Add(outcome with { Duration = host.TimeProvider.GetElapsedTime(begun) });
        return outcomes[^1];
    }

    private Task InSpanAsync(string name, Func<Task<(string? Fact, Failure? Failure)>> stage)
        => telemetry?.StageAsync(name, stage) ?? stage();

    private async Task<StageOutcome> TryAsync(
        string name, int faultExitCode, Func<Task<string>> work, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new StageOutcome(name, await work(), null);
        }
        catch (Exception exception)
        {
            var failure = Failure.From(StageFaults.Explain(exception, name, faultExitCode) ?? exception, host.SignalExitCode());
            failure = (await GoBackAsync(name, failure, cancellationToken)).Naming(host.Program);
            run?.Record.Fail(failure);
            return new StageOutcome(name, null, failure);
        }
    }

    /// <summary>Goes back where that was asked for and rehearsed; otherwise the failure names both ways. What was seen while the release
    /// was watched is no reason to go back by itself: people have written since.</summary>
    private async Task<Failure> GoBackAsync(string stage, Failure failure, CancellationToken cancellationToken)
    {
        if (!WaysBack.Applies(failure, run))
        {
            return failure;
        }

        // A session of ours would keep a restore from the database's name.
        await (run!.BeforeWatch?.DisposeAsync() ?? ValueTask.CompletedTask);
        return stage != ReleaseStages.Watch.Name && await WaysBack.TakeAsync(run, failure, cancellationToken)
            ? failure
            : await WaysBack.NameAsync(failure, run, cancellationToken);
    }
}
