namespace Belay.Arguments;

/// <summary>The text of <c>--plan</c>: what would run, in order, and why.</summary>
public sealed class PlanText
{
    private const int Gap = 3;

    private readonly IReadOnlyList<PlannedTarget> plan;
    private readonly IReadOnlyDictionary<string, string> skipped;

    private PlanText(IReadOnlyList<PlannedTarget> plan, IReadOnlyList<string>? left)
        => (this.plan, skipped) = (plan, SkippedTargets.Of(plan, left));

    /// <summary>The text's lines.</summary>
    /// <param name="plan">The targets in the order in which they would run.</param>
    /// <param name="left">The targets to leave out; null for none, empty for all that was not typed.</param>
    public static IReadOnlyList<string> Lines(IReadOnlyList<PlannedTarget> plan, IReadOnlyList<string>? left)
        => ["Execution plan:", "", .. new PlanText(plan, left).Rows()];

    private List<string> Rows()
    {
        var width = plan.Select(target => target.Name.Length).DefaultIfEmpty().Max() + Gap;
        var number = 0;
        return plan.Select(target => skipped.TryGetValue(target.Name, out var reason)
            ? $"   -  {target.Name.PadRight(width)}skipped {reason}"
            : $"  {++number,2}  {target.Name.PadRight(width)}{Why(target)}").ToList();
    }

    private string Why(PlannedTarget target)
    {
        var needing = plan.Where(other => other.Needs.Contains(target.Name)).Select(other => other.Name).ToList();
        var triggering = plan.Where(other => other.Triggers.Contains(target.Name)).Select(other => other.Name).ToList();
        List<string> reasons = target.IsTyped ? ["invoked"] : [];
        reasons.AddRange(needing.Count > 0 ? [$"needed by {string.Join(", ", needing)}"] : []);
        reasons.AddRange(triggering.Count > 0 ? [$"triggered by {string.Join(", ", triggering)}"] : []);
        reasons.AddRange(target.Conditions.Select(condition => $"only when {condition}"));
        return string.Join("; ", reasons);
    }
}
