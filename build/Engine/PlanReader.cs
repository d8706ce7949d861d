using Belay.Arguments;
using Nuke.Common.Execution;

/// <summary>Reads the engine's plan.</summary>
static class PlanReader
{
    /// <summary>The plan as data, in the order in which it would run.</summary>
    public static IReadOnlyList<PlannedTarget> Read(IEnumerable<ExecutableTarget> plan) => [.. plan.Select(target => new PlannedTarget
    {
        Name = target.Name,
        IsTyped = target.Invoked,
        Needs = [.. target.ExecutionDependencies.Select(other => other.Name)],
        Triggers = [.. target.Triggers.Select(other => other.Name)],
        Conditions = [.. target.DynamicConditions.Select(condition => condition.Text)],
    })];
}
