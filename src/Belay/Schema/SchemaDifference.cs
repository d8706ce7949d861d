namespace Belay.Schema;

/// <summary>What one snapshot has that another has not.</summary>
/// <param name="Removed">Lines that are gone, in order.</param>
/// <param name="Added">Lines that came, in order. An object that changed has a line in both.</param>
internal sealed record SchemaDifference(IReadOnlyList<string> Removed, IReadOnlyList<string> Added)
{
    private const int ShownAtMost = 20;
    private const int LongestShown = 160;
    private const int RecordedAtMost = 1000;

    /// <summary>Whether both are the same.</summary>
    public bool IsEmpty => Removed.Count == 0 && Added.Count == 0;

    /// <summary>All lines with their sign: <c>- column …</c>, <c>+ column …</c>; a changed object's two lines stand together.</summary>
    public IReadOnlyList<string> Lines =>
    [
        .. Removed.Select(line => (line, sign: '-')).Concat(Added.Select(line => (line, sign: '+')))
            .OrderBy(one => one.line.Split(' ', 3) is [var kind, var name, ..] ? $"{kind} {name}" : one.line, StringComparer.Ordinal)
            .ThenByDescending(one => one.sign)
            .ThenBy(one => one.line, StringComparer.Ordinal)
            .Select(one => $"{one.sign} {one.line}"),
    ];

    /// <summary>The lines for a terminal: at most twenty, each cut at 160 characters, and how many more there are.</summary>
    public IReadOnlyList<string> Shown
        => Cut([.. Lines.Select(line => line.Length <= LongestShown ? line : $"{line[..LongestShown]}…")], ShownAtMost);

    /// <summary>The lines for a record: at most a thousand, and how many more there are.</summary>
    public IReadOnlyList<string> Recorded => Cut(Lines, RecordedAtMost);

    /// <summary>How many lines came and went: <c>4 lines added, 1 removed</c>.</summary>
    public string Summary => $"{Quantity.Count(Added.Count, "line")} added, {Removed.Count} removed";

    /// <summary>Compares two descriptions.</summary>
    public static SchemaDifference Between(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (old, now) = (before.ToHashSet(StringComparer.Ordinal), after.ToHashSet(StringComparer.Ordinal));
        return new SchemaDifference(
            [.. before.Where(line => !now.Contains(line)).Order(StringComparer.Ordinal)],
            [.. after.Where(line => !old.Contains(line)).Order(StringComparer.Ordinal)]);
    }

    private static IReadOnlyList<string> Cut(IReadOnlyList<string> lines, int most)
        => lines.Count <= most ? lines : [.. lines.Take(most), $"and {Quantity.Count(lines.Count - most, "more line")}"];
}
