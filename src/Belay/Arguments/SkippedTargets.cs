namespace Belay.Arguments;

/// <summary>Which targets of a plan do not run because of <c>--skip</c>.</summary>
/// <remarks>As the engine does it: what only a skipped target wants is skipped with it; what was typed runs.</remarks>
internal sealed class SkippedTargets
{
    private readonly IReadOnlyList<PlannedTarget> plan;
    private readonly Dictionary<string, string> skipped = [];

    private SkippedTargets(IReadOnlyList<PlannedTarget> plan) => this.plan = plan;

    /// <summary>The names of those that do not run, each with the reason in words.</summary>
    /// <param name="plan">The targets in the order in which they would run.</param>
    /// <param name="left">The targets to leave out; null for none, empty for all that was not typed.</param>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyList<PlannedTarget> plan, IReadOnlyList<string>? left)
    {
        var targets = new SkippedTargets(plan);
        foreach (var target in plan.Where(target => left is not null && (left.Count == 0 || left.Contains(target.Name))))
        {
            targets.Skip(target, "via parameter");
        }

        return targets.skipped;
    }

    private void Skip(PlannedTarget target, string reason)
    {
        if (skipped.ContainsKey(target.Name))
        {
            return;
        }

        if (!target.IsTyped)
        {
            skipped.Add(target.Name, reason);
        }

        foreach (var other in plan.Where(other => target.Wants(other.Name) && !IsWantedBesides(other, target)))
        {
            Skip(other, $"because of {target.Name}");
        }
    }

    private bool IsWantedBesides(PlannedTarget target, PlannedTarget by)
        => plan.Any(other => other != by && !skipped.ContainsKey(other.Name) && other.Wants(target.Name));
}
