namespace Belay.Tests.House;

/// <summary>Finds who names each other in a circle.</summary>
internal static class Circles
{
    /// <summary>The members of each circle, sorted; a node on no circle is in none of them.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> In(IReadOnlyDictionary<string, IReadOnlySet<string>> names)
    {
        var reached = names.Keys.ToDictionary(node => node, node => ReachedFrom(node, names));
        return
        [
            .. names.Keys.Where(node => reached[node].Contains(node))
                .GroupBy(
                    node => string.Join(' ', reached[node].Where(other => reached[other].Contains(node)).Order(StringComparer.Ordinal)))
                .Select(circle => (IReadOnlyList<string>)[.. circle.Order(StringComparer.Ordinal)]),
        ];
    }

    private static HashSet<string> ReachedFrom(string start, IReadOnlyDictionary<string, IReadOnlySet<string>> names)
    {
        var (reached, waiting) = (new HashSet<string>(), new Stack<string>([start]));
        while (waiting.TryPop(out var node))
        {
            foreach (var next in names.GetValueOrDefault(node, new HashSet<string>()).Where(reached.Add))
            {
                waiting.Push(next);
            }
        }

        return reached;
    }
}
