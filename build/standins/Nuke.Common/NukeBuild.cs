#nullable disable
using System.Linq.Expressions;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Nuke.Common.ValueInjection;

namespace Nuke.Common;

/// <summary>The base of a build class: its properties of type <see cref="Target"/> are the targets, its <see cref="ParameterAttribute"/>
/// members the parameters.</summary>
public abstract class NukeBuild : INukeBuild
{
    /// <summary>Makes the build; the engine does.</summary>
    protected NukeBuild()
    {
    }

    /// <summary>How much is printed.</summary>
    public static Verbosity Verbosity { get; set; } = Verbosity.Normal;

    /// <summary>The profiles that were named, in their order.</summary>
    public static string[] LoadedLocalProfiles { get; internal set; } = [];

    /// <summary>The repository's root: the nearest folder upwards with <c>.nuke</c>, from the current one or from the program's.</summary>
    public static AbsolutePath RootDirectory { get; } = AbsolutePath.FindRoot();

    /// <inheritdoc/>
    AbsolutePath INukeBuild.RootDirectory => RootDirectory;

    /// <inheritdoc/>
    bool INukeBuild.Continue => false;

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; set; } = [];

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> InvokedTargets => [.. ExecutionPlan.Where(target => target.Invoked)];

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> SkippedTargets => With(ExecutionStatus.Skipped);

    /// <inheritdoc/>
    public IReadOnlyCollection<ExecutableTarget> ScheduledTargets => With(ExecutionStatus.Scheduled);

    /// <summary>Whether the first line is left out.</summary>
    public bool NoLogo { get; set; }

    /// <inheritdoc/>
    bool INukeBuild.Plan => false;

    /// <inheritdoc/>
    AbsolutePath INukeBuild.BuildProjectFile => null;

    /// <inheritdoc/>
    public bool IsSucceeding
        => !ExecutionPlan.Any(target => target.Status is ExecutionStatus.Failed or ExecutionStatus.NotRun);

    /// <inheritdoc/>
    public int? ExitCode { get; set; }

    /// <inheritdoc/>
    T INukeBuild.TryGetValue<T>(Expression<Func<T>> parameterExpression)
        where T : class
        => ParameterInjection.Read(((MemberExpression)parameterExpression.Body).Member, this) as T;

    /// <inheritdoc/>
    public void ReportSummary(Configure<Dictionary<string, string>> configurator = null)
        => With(ExecutionStatus.Running).Single().SummaryInformation = configurator?.Invoke([]) ?? [];

    /// <summary>Runs a build: the return value of <c>Main</c>.</summary>
    /// <param name="defaultTargetExpressions">The targets that run when none is named.</param>
    /// <returns>The process's exit code.</returns>
    protected static int Execute<T>(params Expression<Func<T, Target>>[] defaultTargetExpressions)
        where T : NukeBuild, new()
        => BuildRun.Execute(BuildInvocation.FromProcess(), defaultTargetExpressions);

    /// <summary>Called when the build object exists and has its parameters.</summary>
    protected internal virtual void OnBuildCreated()
    {
    }

    /// <summary>Called when the plan is made.</summary>
    protected internal virtual void OnBuildInitialized()
    {
    }

    /// <summary>Called after the last target and the summary, also of a failed build.</summary>
    protected internal virtual void OnBuildFinished()
    {
    }

    private List<ExecutableTarget> With(ExecutionStatus status) => [.. ExecutionPlan.Where(target => target.Status == status)];
}
