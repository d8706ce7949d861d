using Belay.Reporting;

namespace Belay.Releases.Recording;

/// <summary>Bounds what a record keeps, however large a schema or a failed check is: a record must fit into memory to be checked.</summary>
internal static class RecordBounds
{
    private const int LongestText = 100_000;
    private const int MostLines = 20_000;

    /// <summary>How many characters are kept of what all checks returned.</summary>
    private const long MostCells = 4 << 20;

    /// <summary>The text, or its beginning with how long it is in all.</summary>
    public static string? Text(string? text)
        => text is null ? null : Redaction.Cut(text, LongestText);

    /// <summary>The checks; one whose rows are too many beside those of the others has a word in their place.</summary>
    public static IReadOnlyList<ReleaseCheck> Checks(IEnumerable<ReleaseCheck> checks)
    {
        var left = MostCells;
        return [.. checks.Select(Bounded)];

        ReleaseCheck Bounded(ReleaseCheck check)
        {
            var size = check.Actual.Sum(row => row.Sum(cell => (long)cell.Length));
            if (size > left)
            {
                return check with { Actual = [["not kept: the checks returned more than a record has room for"]] };
            }

            left -= size;
            return check;
        }
    }

    /// <summary>The lines, or the first of them with how many more there are.</summary>
    public static IReadOnlyList<string> Lines(IReadOnlyList<string> lines)
        => lines.Count <= MostLines ? lines : [.. lines.Take(MostLines), $"  and {lines.Count - MostLines} more lines"];
}
