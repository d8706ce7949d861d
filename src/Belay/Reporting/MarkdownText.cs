using System.Text;
using System.Text.RegularExpressions;

namespace Belay.Reporting;

/// <summary>Any text as plain words in Markdown, with secrets masked.</summary>
internal static partial class MarkdownText
{
    /// <summary>The text on one line, for a table cell or a list item.</summary>
    /// <param name="text">Any text; null reads as nothing.</param>
    public static string Of(string? text)
    {
        var masked = Redaction.Apply(text ?? "");
        return LineEnds().Replace(Special().Replace(masked, match => Escape(match.Value)), "<br>");
    }

    /// <summary>The lines as an indented block, which nothing inside can end.</summary>
    /// <param name="text">Any text.</param>
    public static string Block(string text)
        => new StringBuilder("    ").AppendJoin("\n    ", Redaction.Apply(text).ReplaceLineEndings("\n").Split('\n')).ToString();

    /// <summary>A row of a table.</summary>
    /// <param name="cells">The cells as they are.</param>
    public static string Row(params IEnumerable<string?> cells) => $"| {string.Join(" | ", cells.Select(Of))} |";

    private static string Escape(string sign) => sign switch
    {
        "<" => "&lt;",
        ">" => "&gt;",
        "&" => "&amp;",
        _ => $"\\{sign}",
    };

    // An underscore inside a word, as file names have it, is no emphasis in GitHub's Markdown.
    [GeneratedRegex(@"[\\|<>&`*\[\]~#]|(?<![A-Za-z0-9_])_|_(?![A-Za-z0-9_])")]
    private static partial Regex Special();

    [GeneratedRegex(@"\s*[\r\n]+\s*")]
    private static partial Regex LineEnds();
}
