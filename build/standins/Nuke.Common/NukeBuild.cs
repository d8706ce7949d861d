#nullable disable
using System.Linq.Expressions;
using Nuke.Common.Execution;
using Nuke.Common.Tooling;

namespace Nuke.Common;

/// <summary>The base of a build class: its properties of type <see cref="Target"/> are the targets, its <see cref="ParameterAttribute"/> members the parameters.</summary>
public abstract partial class NukeBuild : INukeBuild
{
    /// <summary>Makes the build; the engine does.</summary>
    protected NukeBuild()
    {
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; set; } = [];

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> InvokedTargets => [.. ExecutionPlan.Where(target => target.Invoked)];

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> SkippedTargets => With(ExecutionStatus.Skipped);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> ScheduledTargets => With(ExecutionStatus.Scheduled);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> RunningTargets => With(ExecutionStatus.Running);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> AbortedTargets => With(ExecutionStatus.Aborted);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> FailedTargets => With(ExecutionStatus.Failed);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> SucceededTargets => With(ExecutionStatus.Succeeded);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> FinishedTargets => [.. FailedTargets, .. SucceededTargets];

    /// <summary>Whether only the plan is shown.</summary>
    public bool Plan { get; internal set; }

    /// <summary>Whether only the help is shown.</summary>
    public bool Help { get; internal set; }

    /// <summary>Whether the first line is left out.</summary>
    public bool NoLogo { get; set; }

    /// <inheritdoc/>
    public bool IsSucceeding => !IsFailing;

    /// <inheritdoc/>
    public bool IsFailing
        => ExecutionPlan.Any(target => target.Status is ExecutionStatus.Failed or ExecutionStatus.Aborted or ExecutionStatus.NotRun);

    /// <inheritdoc/>
    public bool IsFinished => ScheduledTargets.Count + RunningTargets.Count == 0;

    /// <inheritdoc/>
    public int? ExitCode { get; set; }

    /// <inheritdoc/>
    public void ReportSummary(Configure<Dictionary<string, string>> configurator = null)
        => RunningTargets.Single().SummaryInformation = configurator?.Invoke([]) ?? [];

    /// <summary>Runs a build: the return value of <c>Main</c>.</summary>
    /// <param name="defaultTargetExpressions">The targets that run when none is named.</param>
    /// <returns>The process's exit code.</returns>
    protected static int Execute<T>(params Expression<Func<T, Target>>[] defaultTargetExpressions)
        where T : NukeBuild, new()
        => BuildRun.Execute(BuildInvocation.FromProcess(), defaultTargetExpressions);

    /// <summary>Called when the build object exists and has no parameters yet.</summary>
    protected internal virtual void OnBuildCreated()
    {
    }

    /// <summary>Called when parameters have their values and the plan is made.</summary>
    protected internal virtual void OnBuildInitialized()
    {
    }

    /// <summary>Called after the last target and the summary, also of a failed build.</summary>
    protected internal virtual void OnBuildFinished()
    {
    }

    /// <summary>Called before a target runs.</summary>
    protected internal virtual void OnTargetRunning(string target)
    {
    }

    /// <summary>Called when a target is skipped.</summary>
    protected internal virtual void OnTargetSkipped(string target)
    {
    }

    /// <summary>Called after a target ended well.</summary>
    protected internal virtual void OnTargetSucceeded(string target)
    {
    }

    /// <summary>Called after a target failed or was cancelled.</summary>
    protected internal virtual void OnTargetFailed(string target)
    {
    }

    private List<ExecutableTarget> With(ExecutionStatus status) => [.. ExecutionPlan.Where(target => target.Status == status)];
}
