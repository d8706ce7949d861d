namespace Nuke.Common.Execution;

/// <summary>Decides what runs, in which order.</summary>
internal static class ExecutionPlanner
{
    /// <summary>
    /// The invoked targets with all they depend on and trigger; every target after its predecessors, and
    /// otherwise in the order of declaration.
    /// </summary>
    /// <param name="targets">All targets, in the order of declaration.</param>
    /// <exception cref="BuildDefinitionException">Targets need each other in a circle.</exception>
    public static IReadOnlyList<ExecutableTarget> Plan(IReadOnlyList<ExecutableTarget> targets)
    {
        var scheduled = new HashSet<ExecutableTarget>();
        var open = new Queue<ExecutableTarget>(targets.Where(target => target.Invoked));
        while (open.TryDequeue(out var target))
        {
            if (scheduled.Add(target))
            {
                target.ExecutionDependencies.Concat(target.Triggers).ToList().ForEach(open.Enqueue);
            }
        }

        var waiting = targets.Where(scheduled.Contains).ToList();
        var plan = new List<ExecutableTarget>();
        while (waiting.Count > 0)
        {
            var next = waiting.FirstOrDefault(target => !target.Predecessors.Any(waiting.Contains))
                ?? throw new BuildDefinitionException($"Circular dependencies between targets: {string.Join(", ", waiting)}");
            waiting.Remove(next);
            plan.Add(next);
        }

        return plan;
    }
}
