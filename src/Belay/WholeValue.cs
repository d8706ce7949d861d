namespace Belay;

/// <summary>Whether a piece of text stands as a whole value: quoted, after an equals sign or a colon, or alone on its line.</summary>
internal static class WholeValue
{
    private const string Openers = "=:\"'`";
    private const string Closers = "\"'`,;&@)]}";

    /// <summary>Looks at what stands before and after.</summary>
    public static bool StandsAt(string text, int start, int end)
    {
        var before = start;
        while (before > 0 && text[before - 1] is ' ' or '\t')
        {
            before--;
        }

        var isFirst = before == 0 || text[before - 1] == '\n';
        var isLast = end == text.Length || text[end] is '\r' or '\n';
        return isFirst ? isLast : Openers.Contains(text[before - 1], StringComparison.Ordinal) && (isLast || Closes(text[end]));
    }

    private static bool Closes(char character) => char.IsWhiteSpace(character) || Closers.Contains(character, StringComparison.Ordinal);
}
