using Belay.Printing;
using Belay.Verification;

namespace Belay.Reporting;

/// <summary>A check of a release.</summary>
/// <param name="Differences">Expected against actual, one line each; empty when it passed.</param>
internal sealed record ReleaseCheck(string Title, bool Passed, IReadOnlyList<string> Differences)
{
    /// <summary>The name of the file that it stands in; null in older records.</summary>
    public string? File { get; init; }

    /// <summary>The first line of its query, counted from 1; null in older records.</summary>
    public int? Line { get; init; }

    /// <summary>Its query; null in older records.</summary>
    public string? Sql { get; init; }

    /// <summary>What it demands, one line each.</summary>
    public IReadOnlyList<string> Expected { get; init; } = [];

    /// <summary>The names of the columns that it returned.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The rows that it returned as text, at most the first hundred.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Actual { get; init; } = [];

    /// <summary>How many rows there were; null in older records.</summary>
    public long? ActualCount { get; init; }

    /// <summary>Whether it belongs to a migration of an earlier release, so that it fails nothing.</summary>
    public bool IsEarlier { get; init; }

    /// <summary>Whether it only reports and demands nothing.</summary>
    public bool IsReport { get; init; }

    private const int LongestText = 1000;
    private const int MostLines = 100;

    /// <summary>The check of a result. A cell may hold a whole document; the record has its beginning.</summary>
    public static ReleaseCheck Of(CheckResult result) => new(result.Check.Title, result.Passed, Lines(result.Differences))
    {
        File = Path.GetFileName(result.Check.File),
        Line = result.Check.Line,
        Sql = Shortened(SqlPasswords.Mask(result.Check.Sql)),
        Expected = Lines(result.Check.Kind.Words),
        Columns = result.Columns,
        Actual = [.. result.Rows.Take(MostLines).Select(Lines)],
        ActualCount = result.HasRun ? result.RowCount : null,
        IsEarlier = result.IsEarlier,
        IsReport = !result.Check.Kind.CanFail,
    };

    private static IReadOnlyList<string> Lines(IReadOnlyList<string> lines) => [.. lines.Take(MostLines).Select(Shortened)];

    private static string Shortened(string text) => Redaction.Cut(text, LongestText);
}
