using Nuke.Common.Execution;

namespace Nuke.Common;

/// <summary>Looks for a target where its delegate is known.</summary>
public static class ExecutableTargetExtensions
{
    /// <summary>Whether the target is among these.</summary>
    /// <param name="targets">For example <see cref="NukeBuild.SucceededTargets"/>.</param>
    /// <param name="target">The property's value.</param>
    public static bool Contains(this IEnumerable<ExecutableTarget> targets, Target target)
        => targets.Any(candidate => candidate.Factory == target);
}
