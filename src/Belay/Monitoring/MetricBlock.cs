namespace Belay.Monitoring;

/// <summary>A metric as it stands in a file.</summary>
/// <param name="Lines">Its values, a line each without its end.</param>
internal sealed record MetricBlock(string Name, string Help, IReadOnlyList<string> Lines)
{
    /// <summary>The lines of this one, and those of an older one that tell of other databases.</summary>
    public MetricBlock Over(MetricBlock older)
    {
        var databases = Lines.Select(FirstLabel).ToHashSet(StringComparer.Ordinal);
        return this with { Lines = [.. older.Lines.Where(line => !databases.Contains(FirstLabel(line))), .. Lines] };
    }

    /// <summary>The label of the database, which is the first wherever there is one.</summary>
    private static string FirstLabel(string line)
    {
        var start = line.IndexOf('"', StringComparison.Ordinal) + 1;
        var end = start;
        while (end < line.Length && line[end] != '"')
        {
            end += line[end] == '\\' ? 2 : 1;
        }

        return line[start..Math.Min(end, line.Length)];
    }
}
