namespace Belay.Arguments;

/// <summary>The text of <c>--plan</c>: what would run, in order, and why.</summary>
public sealed class PlanText
{
    private const int Gap = 3;

    private readonly IReadOnlyList<PlannedTarget> plan;
    private readonly Dictionary<string, string> skipped = [];

    private PlanText(IReadOnlyList<PlannedTarget> plan) => this.plan = plan;

    /// <summary>The text's lines.</summary>
    /// <param name="plan">The targets in the order in which they would run.</param>
    /// <param name="left">The targets to leave out; null for none, empty for all that was not typed.</param>
    public static IReadOnlyList<string> Lines(IReadOnlyList<PlannedTarget> plan, IReadOnlyList<string>? left)
    {
        var text = new PlanText(plan);
        if (left is not null)
        {
            foreach (var target in plan.Where(target => left.Count == 0 || left.Contains(target.Name)))
            {
                text.Skip(target, "via parameter");
            }
        }

        return ["Execution plan:", "", .. text.Rows()];
    }

    /// <summary>As the engine does it: what only a skipped target wants is skipped with it; what was typed runs.</summary>
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
