#nullable disable
using System.Linq.Expressions;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Tooling;

namespace Nuke.Common;

/// <summary>A build, seen from outside.</summary>
public interface INukeBuild
{
    /// <summary>All targets of this run, in order.</summary>
    IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; }

    /// <summary>The targets asked for by name or as the default.</summary>
    IReadOnlyCollection<ExecutableTarget> InvokedTargets { get; }

    /// <summary>The targets left out.</summary>
    IReadOnlyCollection<ExecutableTarget> SkippedTargets { get; }

    /// <summary>The targets still to run.</summary>
    IReadOnlyCollection<ExecutableTarget> ScheduledTargets { get; }

    /// <summary>The repository's root: the nearest folder upwards with <c>.nuke</c>.</summary>
    AbsolutePath RootDirectory { get; }

    /// <summary>Whether an earlier attempt is gone on with.</summary>
    bool Continue { get; }

    /// <summary>Whether only the plan is shown.</summary>
    bool Plan { get; }

    /// <summary>The build's project; null when it is not known.</summary>
    AbsolutePath BuildProjectFile { get; }

    /// <summary>Whether nothing failed so far.</summary>
    bool IsSucceeding { get; }

    /// <summary>The process's exit code; null for 0 on success and -1 on failure.</summary>
    int? ExitCode { get; set; }

    /// <summary>The value of a parameter that a component declares; null when it was not given.</summary>
    /// <param name="parameterExpression">The member, which has a <see cref="ParameterAttribute"/>.</param>
    T TryGetValue<T>(Expression<Func<T>> parameterExpression)
        where T : class;

    /// <summary>Adds facts about the running target to the summary.</summary>
    void ReportSummary(Configure<Dictionary<string, string>> configurator = null);
}
