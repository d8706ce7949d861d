using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Belay;

/// <summary>Makes a text of others (a server, a tool, an exception) harmless to print: it can steer neither a terminal nor a continuous
/// integration service.</summary>
/// <remarks>
/// Control characters are written out (<c>\x1b</c>), and so are those that hide or turn text round (<c>\u202e</c>).
/// A space breaks the commands that services read from output: GitHub's <c>::name::</c> and <c>##[name]</c>, Azure Pipelines'
/// <c>##vso[</c>, TeamCity's <c>##teamcity[</c>, GitLab's <c>section_start:</c>, Travis' <c>travis_fold:</c>.
/// </remarks>
public static partial class HarmlessText
{
    private static readonly SearchValues<char> Ordinary = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code), '\n', '\t']);

    /// <summary>Letters by category, and yet empty to the eye.</summary>
    private static readonly SearchValues<char> Blank = SearchValues.Create("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0");

    /// <summary>The text with secrets masked and nothing in it that steers; lines and tabs stay.</summary>
    /// <param name="text">Any text on its way to a terminal, a record or a summary.</param>
    public static string Of(string text) => Guard(Redaction.Apply(text));

    /// <summary>The text with nothing in it that steers.</summary>
    internal static string Guard(string text) => Break(Show(text, _ => false));

    /// <summary>The text with a space inside each command of a continuous integration service.</summary>
    internal static string Break(string text)
    {
        foreach (var command in Commands(text).Reverse())
        {
            text = text.Insert(command.Index + command.Length - 1, " ");
        }

        return text;
    }

    /// <summary>Where commands stand, in order; the last character of each is the one that makes it a command.</summary>
    internal static IReadOnlyList<Match> Commands(string text)
        => text.Contains("::", StringComparison.Ordinal)
            || text.Contains("##", StringComparison.Ordinal)
            || text.Contains('_', StringComparison.Ordinal)
            ? Command().Matches(text).ToList()
            : [];

    /// <summary>The text with what cannot be seen written out.</summary>
    /// <param name="isKept">Looks at the text from a control character on; true leaves the character as it is.</param>
    internal static string Show(string text, Func<ReadOnlyMemory<char>, bool> isKept)
    {
        if (!text.AsSpan().ContainsAnyExcept(Ordinary))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length;)
        {
            var isPair = Rune.TryGetRuneAt(text, index, out var rune);
            var length = isPair ? rune.Utf16SequenceLength : 1;
            if ((isPair && IsVisible(rune)) || text.AsSpan(index) is ['\r', '\n', ..] || isKept(text.AsMemory(index)))
            {
                shown.Append(text, index, length);
            }
            else
            {
                shown.Append(WrittenOut(isPair ? rune.Value : text[index]));
            }

            index += length;
        }

        return shown.ToString();
    }

    private static bool IsVisible(Rune rune) => rune.Value is '\n' or '\t' || (Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        _ => true,
    } && !(rune.IsBmp && Blank.Contains((char)rune.Value)));

    private static string WrittenOut(int code) => code switch
    {
        <= 0xff => $"\\x{code:x2}",
        <= 0xffff => $"\\u{code:x4}",
        _ => $"\\U{code:x8}",
    };

    // A service takes blanks off a line before it looks at it.
    [GeneratedRegex(
        @"^(?:[^\S\n]|\e\[[0-9;]*m|\\x[0-9a-f]{2}|\\u[0-9a-f]{4})*::|##\w*\[|(?:section_(?:start|end)|travis_(?:fold|time)):",
        RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Command();
}
