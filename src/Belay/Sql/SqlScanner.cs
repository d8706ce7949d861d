namespace Belay.Sql;

/// <summary>PostgreSQL's lexical rules, with <c>standard_conforming_strings</c> on. Works on any text:
/// what is no token is a symbol.</summary>
/// <remarks>Rules as in PostgreSQL's <c>scan.l</c> and psql's <c>psqlscan.l</c>.</remarks>
internal static class SqlScanner
{
    /// <summary>The token that begins at an index.</summary>
    /// <param name="start">An index inside the text, at a token's beginning.</param>
    public static SqlToken Scan(string text, int start)
    {
        var first = text[start];
        var second = start + 1 < text.Length ? text[start + 1] : '\0';
        return first switch
        {
            _ when IsSpace(first) => Run(SqlTokenKind.Whitespace, text, start, IsSpace),
            '-' when second == '-' => Run(SqlTokenKind.Comment, text, start, character => character is not ('\n' or '\r')),
            '/' when second == '*' => BlockComment(text, start),
            '\'' => Quoted(SqlTokenKind.Text, text, start, start),
            '"' => Quoted(SqlTokenKind.QuotedIdentifier, text, start, start),
            '$' => Dollar(text, start),
            '\\' => Run(SqlTokenKind.MetaCommand, text, start, character => character is not ('\n' or '\r')),
            'E' or 'e' when second == '\'' => EscapeString(text, start),
            _ when IsWordStart(first) => Run(SqlTokenKind.Word, text, start, IsWordPart),
            _
                when char.IsAsciiDigit(first) => Run(
                    SqlTokenKind.Number, text, start, character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_'),
            _ => new SqlToken(SqlTokenKind.Symbol, start, start + 1),
        };
    }

    /// <summary>The tokens that the server sees: no blanks, no comments.</summary>
    public static IEnumerable<SqlToken> Significant(string text)
    {
        for (var index = 0; index < text.Length;)
        {
            var token = Scan(text, index);
            if (!token.IsBlank)
            {
                yield return token;
            }

            index = token.End;
        }
    }

    private static bool IsSpace(char character) => character is ' ' or '\t' or '\n' or '\r' or '\f' or '\v';

    private static bool IsWordStart(char character) => char.IsAsciiLetter(character) || character == '_' || character >= '\u0080';

    private static bool IsWordPart(char character) => IsWordStart(character) || char.IsAsciiDigit(character) || character == '$';

    private static SqlToken Run(SqlTokenKind kind, string text, int start, Func<char, bool> belongs)
    {
        var end = start + 1;
        while (end < text.Length && belongs(text[end]))
        {
            end++;
        }

        return new SqlToken(kind, start, end);
    }

    private static SqlToken BlockComment(string text, int start)
    {
        var depth = 0;
        for (var index = start; index + 1 < text.Length; index++)
        {
            if (text[index] == '/' && text[index + 1] == '*')
            {
                depth++;
                index++;
            }
            else if (text[index] == '*' && text[index + 1] == '/')
            {
                depth--;
                index++;
                if (depth == 0)
                {
                    return new SqlToken(SqlTokenKind.Comment, start, index + 1);
                }
            }
        }

        return new SqlToken(SqlTokenKind.Comment, start, text.Length, Complete: false);
    }

    private static SqlToken Quoted(SqlTokenKind kind, string text, int start, int quote)
    {
        for (var index = quote + 1; index < text.Length; index++)
        {
            if (text[index] != text[quote])
            {
                continue;
            }

            if (index + 1 < text.Length && text[index + 1] == text[quote])
            {
                index++;
                continue;
            }

            return new SqlToken(kind, start, index + 1);
        }

        return new SqlToken(kind, start, text.Length, Complete: false);
    }

    private static SqlToken EscapeString(string text, int start)
    {
        for (var index = start + 2; index < text.Length; index++)
        {
            if (text[index] == '\\')
            {
                index++;
            }
            else if (text[index] == '\'')
            {
                if (index + 1 < text.Length && text[index + 1] == '\'')
                {
                    index++;
                }
                else if (Continuation(text, index + 1) is { } next)
                {
                    index = next;
                }
                else
                {
                    return new SqlToken(SqlTokenKind.Text, start, index + 1);
                }
            }
        }

        return new SqlToken(SqlTokenKind.Text, start, text.Length, Complete: false);
    }

    /// <summary>Where a string goes on in a later line: its second part keeps the backslash escapes of the first.</summary>
    private static int? Continuation(string text, int index)
    {
        var newline = false;
        while (index < text.Length && (IsSpace(text[index]) || IsLineComment(text, index)))
        {
            newline |= text[index] is '\n' or '\r';
            index = IsSpace(text[index]) ? index + 1 : Scan(text, index).End;
        }

        return newline && index < text.Length && text[index] == '\'' ? index : null;
    }

    private static bool IsLineComment(string text, int index) => text[index] == '-' && index + 1 < text.Length && text[index + 1] == '-';

    private static SqlToken Dollar(string text, int start)
    {
        var tagEnd = start + 1;
        if (tagEnd < text.Length && IsWordStart(text[tagEnd]))
        {
            while (tagEnd < text.Length && text[tagEnd] != '$' && IsWordPart(text[tagEnd]))
            {
                tagEnd++;
            }
        }

        if (tagEnd >= text.Length || text[tagEnd] != '$')
        {
            return new SqlToken(SqlTokenKind.Symbol, start, start + 1);
        }

        var tag = text[start..(tagEnd + 1)];
        var close = text.IndexOf(tag, tagEnd + 1, StringComparison.Ordinal);
        return close < 0
            ? new SqlToken(SqlTokenKind.Text, start, text.Length, Complete: false)
            : new SqlToken(SqlTokenKind.Text, start, close + tag.Length);
    }
}
