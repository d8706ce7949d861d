using System.Text.RegularExpressions;

namespace Belay.Verification;

/// <summary>Cuts a check file into comments, tokens and semicolons, so that a header inside a literal is no header.</summary>
internal static partial class CheckScanner
{
    /// <summary>The stretches of a text, in order; blanks and block comments are left out.</summary>
    /// <param name="text">The file's text with LF line ends.</param>
    public static IEnumerable<CheckPiece> Scan(string text)
    {
        var line = 1;
        var index = 0;
        while (index < text.Length)
        {
            var (kind, end) = Next(text, index);
            if (kind is { } piece)
            {
                yield return new CheckPiece(piece, index, end, line);
            }

            line += text.AsSpan(index, end - index).Count('\n');
            index = end;
        }
    }

    private static (CheckPieceKind? Kind, int End) Next(string text, int index) => text[index] switch
    {
        '\n' => (BlankLine().Match(text, index) is { Success: true, Length: var length } ? (CheckPieceKind.BlankLine, index + length) : (null, index + 1)),
        var blank when char.IsWhiteSpace(blank) => (null, index + 1),
        ';' => (CheckPieceKind.Terminator, index + 1),
        '-' when Follows(text, index, "--") => (CheckPieceKind.Comment, Before(text, index, '\n')),
        '/' when Follows(text, index, "/*") => (null, AfterBlockComment(text, index)),
        '\'' => (CheckPieceKind.Token, AfterQuoted(text, index, '\'', escapes: IsEscapeString(text, index))),
        '"' => (CheckPieceKind.Token, AfterQuoted(text, index, '"', escapes: false)),
        '$' when DollarTag().Match(text, index) is { Success: true, Value: var tag } => (CheckPieceKind.Token, After(text, index + tag.Length, tag)),
        var letter when IsWord(letter) => (CheckPieceKind.Token, AfterWord(text, index)),
        _ => (CheckPieceKind.Token, index + 1),
    };

    private static bool Follows(string text, int index, string what) => string.CompareOrdinal(text, index, what, 0, what.Length) == 0;

    private static int Before(string text, int index, char what) => text.IndexOf(what, index) is >= 0 and var found ? found : text.Length;

    private static int After(string text, int index, string what)
        => text.IndexOf(what, index, StringComparison.Ordinal) is >= 0 and var found ? found + what.Length : text.Length;

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character is '_' or '$';

    private static int AfterWord(string text, int index)
    {
        while (index < text.Length && IsWord(text[index]))
        {
            index++;
        }

        return index;
    }

    /// <summary>E'…' takes backslash escapes; the E before it was scanned as a word of its own.</summary>
    private static bool IsEscapeString(string text, int index)
        => index > 0 && text[index - 1] is 'e' or 'E' && (index == 1 || !IsWord(text[index - 2]));

    private static int AfterQuoted(string text, int index, char quote, bool escapes)
    {
        for (index++; index < text.Length; index++)
        {
            if (escapes && text[index] == '\\')
            {
                index++;
            }
            else if (text[index] == quote)
            {
                return index + 1;
            }
        }

        return text.Length;
    }

    private static int AfterBlockComment(string text, int index)
    {
        var depth = 0;
        while (index < text.Length)
        {
            depth += Follows(text, index, "/*") ? 1 : Follows(text, index, "*/") ? -1 : 0;
            index += Follows(text, index, "/*") || Follows(text, index, "*/") ? 2 : 1;
            if (depth == 0)
            {
                return index;
            }
        }

        return text.Length;
    }

    [GeneratedRegex(@"\G\n[ \t]*(?=\n)")]
    private static partial Regex BlankLine();

    [GeneratedRegex(@"\G\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$")]
    private static partial Regex DollarTag();
}
