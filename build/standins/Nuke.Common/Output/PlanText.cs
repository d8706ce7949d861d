using System.Text;
using Nuke.Common.Execution;

namespace Nuke.Common.Output;

/// <summary>The text of <c>--plan</c>.</summary>
internal static class PlanText
{
    private const int Gap = 3;

    /// <summary>Prints what would run, in order, and why.</summary>
    public static void Write(IReadOnlyCollection<ExecutableTarget> plan) => Console.Write(Render(plan));

    private static string Render(IReadOnlyCollection<ExecutableTarget> plan)
    {
        var text = new StringBuilder().AppendLine("Execution plan:").AppendLine();
        var nameWidth = plan.Select(target => target.Name.Length).DefaultIfEmpty().Max() + Gap;
        var number = 0;
        foreach (var target in plan)
        {
            var isSkipped = target.Status == ExecutionStatus.Skipped;
            var place = isSkipped ? "-" : $"{++number}";
            text.AppendLine($"  {place,2}  {target.Name.PadRight(nameWidth)}{(isSkipped ? WhySkipped(target) : Why(target, plan))}");
        }

        return text.ToString();
    }

    private static string WhySkipped(ExecutableTarget target) => $"skipped {target.SummaryInformation["Skipped"]}";

    private static string Why(ExecutableTarget target, IReadOnlyCollection<ExecutableTarget> plan)
    {
        var needing = plan.Where(other => other.ExecutionDependencies.Contains(target)).Select(other => other.Name).ToList();
        var triggering = plan.Where(other => other.Triggers.Contains(target)).Select(other => other.Name).ToList();
        List<string> reasons = [];
        reasons.AddRange(target.Invoked ? ["invoked"] : []);
        reasons.AddRange(needing.Count > 0 ? [$"needed by {string.Join(", ", needing)}"] : []);
        reasons.AddRange(triggering.Count > 0 ? [$"triggered by {string.Join(", ", triggering)}"] : []);
        reasons.AddRange(target.Definition.DynamicConditions.Select(condition => $"only when {condition.Text}"));
        return string.Join("; ", reasons);
    }
}
