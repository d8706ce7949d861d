namespace Nuke.Common.Execution;

/// <summary>Marks targets that are left out before the first one runs, and what only they need.</summary>
internal sealed class TargetSkipper(IReadOnlyCollection<ExecutableTarget> plan)
{
    /// <summary>Leaves out the targets named with <c>--skip</c>.</summary>
    /// <param name="names">The targets; none for all that were not invoked.</param>
    public void Skip(IReadOnlyCollection<string> names)
    {
        foreach (var target in plan.Where(target => names.Count == 0 || names.Any(name => Means(name, target))).ToList())
        {
            Skip(target, "via parameter");
        }
    }

    private static bool Means(string name, ExecutableTarget target)
        => target.Name.Equals(name.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    /// <summary>A target that was invoked runs all the same, but without what only it depends on: NUKE does so.</summary>
    private void Skip(ExecutableTarget target, string reason)
    {
        if (target.Status != ExecutionStatus.Scheduled)
        {
            return;
        }

        if (!target.Invoked)
        {
            target.Status = ExecutionStatus.Skipped;
            target.SummaryInformation = new Dictionary<string, string> { ["Skipped"] = reason };
        }

        foreach (var other in target.ExecutionDependencies.Concat(target.Triggers).Where(other => !IsNeeded(other, target)).ToList())
        {
            Skip(other, $"because of {target.Name}");
        }
    }

    private bool IsNeeded(ExecutableTarget target, ExecutableTarget skipped)
        => plan.Any(other => other != skipped && other.Status == ExecutionStatus.Scheduled
            && (other.ExecutionDependencies.Contains(target) || other.Triggers.Contains(target)));
}
