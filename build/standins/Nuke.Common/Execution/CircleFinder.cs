namespace Nuke.Common.Execution;

/// <summary>Finds targets that need each other in a circle: Tarjan's strongly connected components.</summary>
internal sealed class CircleFinder
{
    private readonly Dictionary<ExecutableTarget, (int Index, int Low)> visited = [];
    private readonly Stack<ExecutableTarget> path = new();
    private readonly List<IReadOnlyList<ExecutableTarget>> circles = [];

    /// <summary>Insists that there is no circle.</summary>
    /// <exception cref="BuildDefinitionException">There is one; the message lists all.</exception>
    public static void Demand(IReadOnlyList<ExecutableTarget> targets)
    {
        if (targets.FirstOrDefault(target => target.Predecessors.Contains(target)) is { } own)
        {
            throw new BuildDefinitionException($"Target '{own.Name}' cannot have a dependency on itself");
        }

        var finder = new CircleFinder();
        targets.Where(target => !finder.visited.ContainsKey(target)).ToList().ForEach(finder.Visit);
        if (finder.circles.Count > 0)
        {
            var lines = finder.circles.Select(circle => $" - {string.Join(", ", circle.Select(target => target.Name))}");
            throw new BuildDefinitionException($"Circular dependencies between targets:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
        }
    }

    private void Visit(ExecutableTarget target)
    {
        var index = visited.Count;
        var low = index;
        visited[target] = (index, low);
        path.Push(target);
        foreach (var next in target.Predecessors)
        {
            if (!visited.TryGetValue(next, out var seen))
            {
                Visit(next);
                low = Math.Min(low, visited[next].Low);
            }
            else if (path.Contains(next))
            {
                low = Math.Min(low, seen.Index);
            }

            visited[target] = (index, low);
        }

        if (low == index)
        {
            Close(target);
        }
    }

    private void Close(ExecutableTarget first)
    {
        var circle = new List<ExecutableTarget>();
        do
        {
            circle.Add(path.Pop());
        }
        while (circle[^1] != first);

        if (circle.Count > 1)
        {
            circles.Add(circle);
        }
    }
}
