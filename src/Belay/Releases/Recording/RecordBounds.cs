namespace Belay.Releases.Recording;

/// <summary>Bounds what a record keeps, however large a schema or a failed check is: a record must fit into memory to be checked.</summary>
internal static class RecordBounds
{
    private const int LongestText = 100_000;
    private const int MostLines = 20_000;

    /// <summary>The text, or its beginning with how long it is in all.</summary>
    public static string? Text(string? text)
        => text is null ? null : Redaction.Cut(text, LongestText);

    /// <summary>The lines, or the first of them with how many more there are.</summary>
    public static IReadOnlyList<string> Lines(IReadOnlyList<string> lines)
        => lines.Count <= MostLines ? lines : [.. lines.Take(MostLines), $"  and {lines.Count - MostLines} more lines"];
}
