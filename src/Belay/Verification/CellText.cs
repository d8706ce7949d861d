using System.Text;

namespace Belay.Verification;

/// <summary>How one cell of a result stands in a check file, a table and a difference: one text per value,
/// and one value per text.</summary>
/// <remarks>
/// A value stands as psql prints it. NULL is <c>NULL</c>; what would be mistaken for it, for nothing, or lose its outer blanks stands
/// in single quotes; a line feed is <c>\n</c>, a carriage return <c>\r</c>, a bar <c>\|</c>, and a backslash before one of these letters or
/// another backslash is doubled.
/// </remarks>
internal static class CellText
{
    private const string Null = "NULL";

    /// <summary>The text of a value that the server sent.</summary>
    /// <param name="value">The value in the server's text format; null for NULL.</param>
    public static string Of(string? value)
        => value is null ? Null : Escape(NeedsQuotes(value) ? $"'{value.Replace("'", "''", StringComparison.Ordinal)}'" : value);

    /// <summary>The cells of a row as a person wrote them, each in the form of <see cref="Of"/>.</summary>
    /// <param name="line">The row, with bars between the cells.</param>
    public static IReadOnlyList<string> Split(string line)
    {
        var cells = new List<string>();
        var start = 0;
        for (var index = 0; index < line.Length; index++)
        {
            if (line[index] == '\\')
            {
                index++;
            }
            else if (line[index] == '|')
            {
                cells.Add(Normalize(line[start..index].Trim()));
                start = index + 1;
            }
        }

        cells.Add(Normalize(line[start..].Trim()));
        return cells;
    }

    /// <summary>A row as it stands in a check file.</summary>
    /// <param name="cells">The cells, in the form of <see cref="Of"/>.</param>
    public static string Row(IEnumerable<string> cells) => string.Join(" | ", cells);

    private static string Normalize(string written)
        => written == Null ? Null : Of(Unquote(Unescape(written)));

    private static bool NeedsQuotes(string value)
        => value.Length == 0 || value == Null || char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]) || IsQuoted(value);

    private static bool IsQuoted(string value)
        => value.Length >= 2 && value[0] == '\'' && value[^1] == '\''
            && !value[1..^1].Replace("''", "", StringComparison.Ordinal).Contains('\'', StringComparison.Ordinal);

    private static string Unquote(string value)
        => IsQuoted(value) ? value[1..^1].Replace("''", "'", StringComparison.Ordinal) : value;

    private static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var index = 0; index < value.Length; index++)
        {
            var next = index + 1 < value.Length ? value[index + 1] : ' ';
            text.Append(value[index] switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '|' => "\\|",
                '\\' when next is '\\' or '|' or 'n' or 'r' or '\n' or '\r' => "\\\\",
                var other => other.ToString(),
            });
        }

        return text.ToString();
    }

    private static string Unescape(string written)
    {
        var text = new StringBuilder(written.Length);
        for (var index = 0; index < written.Length; index++)
        {
            var (character, taken) = (written[index], index + 1 < written.Length ? written[index + 1] : ' ') switch
            {
                ('\\', 'n') => ('\n', 2),
                ('\\', 'r') => ('\r', 2),
                ('\\', '|') => ('|', 2),
                ('\\', '\\') => ('\\', 2),
                (var other, _) => (other, 1),
            };
            text.Append(character);
            index += taken - 1;
        }

        return text.ToString();
    }
}
