namespace Belay.Arguments;

/// <summary>Names with their help, one under the other.</summary>
internal static class HelpTable
{
    private const int Gap = 3;

    /// <summary>The rows as lines, the help of all in one column.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<(string Name, string Help)> rows)
    {
        var width = rows.Select(row => row.Name.Length).DefaultIfEmpty().Max() + Gap;
        return rows.Select(row => $"  {row.Name.PadRight(width)}{row.Help}");
    }
}
