namespace Belay.Watching.Logs;

/// <summary>The errors of a log while somebody watched: those that name what a release touched, by their kinds, and the number of
/// others.</summary>
/// <param name="database">The database whose errors count.</param>
internal sealed class LogErrors(string database, WatchedNames names)
{
    private const int MostKinds = 20;
    private const int LongestMessage = 300;

    private readonly Dictionary<string, int> kinds = [];
    private int others;
    private int furtherKinds;

    /// <summary>Takes errors in.</summary>
    /// <returns>The kinds that are new to everybody.</returns>
    public IReadOnlyList<string> Add(IEnumerable<LogEntry> entries)
    {
        List<string> heard = [];
        foreach (var entry in entries.Where(IsOurs))
        {
            if (!names.IsIn(entry) || !LogFormat.IsOfStatement(entry.SqlState))
            {
                others++;
            }
            else if (kinds.TryGetValue(entry.Kind, out var count))
            {
                kinds[entry.Kind] = count + 1;
            }
            else if (kinds.Count == MostKinds)
            {
                furtherKinds++;
            }
            else
            {
                kinds[entry.Kind] = 1;
                heard.Add(Shown(entry.Kind));
            }
        }

        return heard;
    }

    /// <summary>The errors in lines.</summary>
    public IReadOnlyList<string> Lines() =>
    [
        kinds.Count == 0 ? "no error names what the release touched" : $"{Quantity.Count(kinds.Count, "kind")} of error",
        .. kinds.OrderByDescending(kind => kind.Value).Select(kind => $"{kind.Value} times {Shown(kind.Key)}"),
        .. furtherKinds == 0 ? Array.Empty<string>() : [$"{furtherKinds} more of further kinds"],
        $"{Quantity.Count(others, "other error")}",
    ];

    /// <summary>What watches and migrates fails on purpose now and then.</summary>
    private bool IsOurs(LogEntry entry)
        => (entry.Database is null or "" || entry.Database == database)
            && entry.Application?.StartsWith("belay ", StringComparison.Ordinal) is not true;

    private static string Shown(string kind)
    {
        var text = HarmlessText.Of(kind.Trim());
        return text.Length <= LongestMessage ? text : $"{text[..LongestMessage]}…";
    }
}
