using System.Text.RegularExpressions;

namespace Belay.Watching.Logs;

/// <summary>The tables and columns that a release touched, to be found in what a server says.</summary>
internal sealed class WatchedNames
{
    private const int LongestRead = 100_000;

    private readonly Regex? pattern;

    /// <summary>Prepares the search.</summary>
    public WatchedNames(IEnumerable<string> names)
    {
        All = [.. names.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        pattern = All.Count == 0 ? null : new Regex(
            $@"(?<![\p{{L}}\p{{N}}_$])(?:{string.Join('|', All.Select(Regex.Escape))})(?![\p{{L}}\p{{N}}_$])",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>Whether an error names one of them, in its message or its statement.</summary>
    public bool IsIn(LogEntry entry) => Matches(entry.Message) || (entry.Statement is { } statement && Matches(statement));

    private bool Matches(string text) => pattern?.IsMatch(text.AsSpan(0, Math.Min(text.Length, LongestRead))) ?? false;
}
