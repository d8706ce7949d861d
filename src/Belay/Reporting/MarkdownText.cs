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
        var masked = HarmlessText.Of(text ?? "");
        return LineEnds()
            .Replace(
                Address()
                    .Replace(Special().Replace(masked, match => Escape(match.Value)), match => $"{match.Value[..^1]}\\{match.Value[^1]}"),
                    "<br>");
    }

    /// <summary>The address of a page as a link; any other text as it is.</summary>
    /// <param name="address">An address that nobody else had a hand in.</param>
    public static string Link(string address)
        => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && PlainAddress().IsMatch(address)
            ? $"<{address}>"
            : Of(address);

    /// <summary>The lines as an indented block, which nothing inside can end.</summary>
    public static string Block(string text)
        => new StringBuilder("    ").AppendJoin("\n    ", HarmlessText.Of(text).ReplaceLineEndings("\n").Split('\n')).ToString();

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

    // Readers of Markdown make links of bare addresses.
    [GeneratedRegex(@"\b(?:https?|ftp):/|\bwww\.", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"\Ahttps?://[\w.:/%-]+\z")]
    private static partial Regex PlainAddress();

    [GeneratedRegex(@"\s*[\r\n]+\s*")]
    private static partial Regex LineEnds();
}
