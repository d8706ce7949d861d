using Belay.Arguments;
using Belay.Releases;
using Belay.Releases.Stages;
using Nuke.Common;
using Nuke.Common.Utilities.Collections;

namespace Belay.Nuke;

/// <summary>Makes a build's targets of the stages of a release and runs them in one session.</summary>
public abstract class StageTargets
{
    private readonly Lazy<ReleaseSession> session;

    /// <summary>Makes the targets. Nothing is read before it is asked for.</summary>
    protected StageTargets() => session = new Lazy<ReleaseSession>(() => new ReleaseSession(Host));

    /// <summary>What this process was told, checked.</summary>
    /// <exception cref="Belay.Settings.SettingsException">Something is wrong about it.</exception>
    public abstract RunArguments Arguments { get; }

    /// <summary>The texts of the parameters, by their names: those that were given, and the build's own defaults.</summary>
    public virtual IReadOnlyDictionary<string, string> Texts => Arguments.Texts;

    /// <summary>The run of the release in this process.</summary>
    protected ReleaseSession Session => session.Value;

    /// <summary>What the build gives to the release.</summary>
    protected abstract ReleaseHost Host { get; }

    /// <summary>Turns signals into the end of the run.</summary>
    protected abstract Cancellation Cancellation { get; }

    /// <summary>Completes the target of a stage.</summary>
    public ITargetDefinition Define(IRelease build, ITargetDefinition definition, ReleaseStage stage)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(stage);
        definition.Description(stage.Description)
            .DependsOn(ComponentMembers.TargetsOf(build, stage.DependsOn))
            .Triggers(ComponentMembers.TargetsOf(build, stage.Triggers))
            .After(ComponentMembers.TargetsOf(build, ReleaseStages.All.TakeWhile(other => other != stage)))
            .Requires(() => IsReady(build));
        foreach (var (text, index) in ReleaseSession.ConditionTextsOf(stage).Select((text, index) => (text, index)))
        {
            definition.OnlyWhenDynamic(() => Holds(build, stage, index), text);
        }

        return definition.Executes(() => RunAsync(build, stage));
    }

    /// <summary>Runs a target that is no stage of a release, so that a failure is told and counted as a stage's is.</summary>
    /// <param name="work">Does the work and returns one fact for the summary.</param>
    public Task RunAsync(INukeBuild build, string target, Func<CancellationToken, Task<string>> work)
        => ReportAsync(build, target, token => Session.RunAsync(target, work, token));

    /// <summary>Called before each target's work. The default does nothing.</summary>
    protected virtual void Entering(string target)
    {
    }

    /// <summary>Called after each target's work, whatever came of it. The default does nothing.</summary>
    protected virtual void Leaving()
    {
    }

    /// <summary>Looks at everything from outside before the first target of the run.</summary>
    /// <returns>True. What is wrong is an exception, whose message the engine prints.</returns>
    protected virtual bool IsReady(IRelease build) => true;

    /// <summary>The names of what was typed.</summary>
    protected virtual IEnumerable<string> TypedIn(INukeBuild build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return build.InvokedTargets.Select(target => target.Name);
    }

    /// <summary>Runs a stage.</summary>
    protected virtual Task RunAsync(IRelease build, ReleaseStage stage)
        => ReportAsync(build, stage.Name, token => Session.RunAsync(stage, PlanOf(build), token));

    /// <summary>The run's plan.</summary>
    protected ReleasePlan PlanOf(INukeBuild build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return ReleasePlan.Of(
            TypedIn(build),
            build.ExecutionPlan.Except(build.SkippedTargets).Select(target => target.Name),
            ReleasePlan.IsDryRunIn(Texts));
    }

    private bool Holds(INukeBuild build, ReleaseStage stage, int index)
    {
        var condition = Session.ConditionsOf(stage, () => PlanOf(build))[index];
        if (condition.Holds())
        {
            return true;
        }

        Session.LeaveOut(stage, condition.Text);
        return false;
    }

    private async Task ReportAsync(INukeBuild build, string target, Func<CancellationToken, Task<StageOutcome>> work)
    {
        Entering(target);
        var outcome = await work(Cancellation.Token);
        Leaving();
        if (outcome.Failure is { } failure)
        {
            build.ExitCode = failure.ExitCode;
            throw new StageFailedException(failure.Summary);
        }

        build.ReportSummary(pairs => pairs.AddPair(outcome.Name, outcome.Fact!));
    }
}
