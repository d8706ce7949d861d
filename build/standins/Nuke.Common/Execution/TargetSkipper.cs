namespace Nuke.Common.Execution;

/// <summary>Marks targets that are left out before the first one runs, and what only they need.</summary>
/// <param name="plan">The targets of this run.</param>
internal sealed class TargetSkipper(IReadOnlyCollection<ExecutableTarget> plan)
{
    /// <summary>The word before the reason in the summary.</summary>
    private const string Skipped = "Skipped";

    /// <summary>Leaves out the targets named with <c>--skip</c>.</summary>
    /// <param name="names">The targets; none for all that were not invoked.</param>
    public void SkipByParameter(IReadOnlyCollection<ExecutableTarget> names)
    {
        foreach (var target in plan.Where(target => names.Count == 0 ? !target.Invoked : names.Contains(target)).ToList())
        {
            Skip(target, Skipped, "via parameter");
        }
    }

    /// <summary>Leaves out the targets of which a static condition does not hold.</summary>
    public void SkipByCondition()
    {
        foreach (var target in plan.Where(target => target.Status == ExecutionStatus.Scheduled))
        {
            if (target.Definition.StaticConditions.FirstOrDefault(condition => !condition.Holds()) is { } unmet)
            {
                Skip(target, "OnlyWhen", unmet.Text);
            }
        }
    }

    private void Skip(ExecutableTarget target, string word, string reason)
    {
        if (target.Status != ExecutionStatus.Scheduled)
        {
            return;
        }

        target.Status = ExecutionStatus.Skipped;
        target.SummaryInformation = new Dictionary<string, string> { [word] = reason };
        if (target.Definition.DependencyBehavior == DependencyBehavior.Skip)
        {
            foreach (var other in target.ExecutionDependencies.Concat(target.Triggers).Where(other => !other.Invoked && !IsNeeded(other)))
            {
                Skip(other, Skipped, $"because of {target.Name}");
            }
        }
    }

    private bool IsNeeded(ExecutableTarget target)
        => plan.Any(other => other.Status == ExecutionStatus.Scheduled
            && (other.ExecutionDependencies.Contains(target) || other.Triggers.Contains(target)));
}
