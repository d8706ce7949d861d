namespace Belay.Sql;

/// <summary>Walks over the tokens of a text.</summary>
/// <param name="firstLine">The number of the text's first line.</param>
internal sealed class TokenReader(string text, IReadOnlyList<SqlToken> tokens, int firstLine = 1)
{
    private int position;

    /// <summary>A reader of a statement's significant tokens.</summary>
    /// <param name="most">How many of them at most: what follows is of no interest.</param>
    public static TokenReader Of(string sql, int most = int.MaxValue) => new(sql, [.. SqlScanner.Significant(sql).Take(most)]);

    /// <summary>Whether no token is left.</summary>
    public bool AtEnd => position >= tokens.Count;

    /// <summary>The line of the next token.</summary>
    public int Line => firstLine + text.AsSpan(0, AtEnd ? text.Length : tokens[position].Start).Count('\n');

    /// <summary>The place, to return to.</summary>
    public int Mark() => position;

    /// <summary>Goes back to a place.</summary>
    public void Return(int mark) => position = mark;

    /// <summary>Passes over a token.</summary>
    public void Skip() => position++;

    /// <summary>Takes keywords if exactly they come next.</summary>
    public bool Take(params ReadOnlySpan<string> words)
    {
        for (var index = 0; index < words.Length; index++)
        {
            if (position + index >= tokens.Count || !tokens[position + index].Is(text, words[index]))
            {
                return false;
            }
        }

        position += words.Length;
        return true;
    }

    /// <summary>Takes one of some keywords.</summary>
    public bool TakeAny(IEnumerable<string> words) => words.Any(word => Take(word));

    /// <summary>Passes over tokens up to and with one of some keywords.</summary>
    /// <returns>That keyword in upper case; null when there is none.</returns>
    public string? SkipPast(params ReadOnlySpan<string> words)
    {
        for (; !AtEnd; position++)
        {
            foreach (var word in words)
            {
                if (Take(word))
                {
                    return word;
                }
            }
        }

        return null;
    }

    /// <summary>Passes over tokens up to and with a symbol that stands in no brackets opened since.</summary>
    /// <returns>Whether there is one.</returns>
    public bool SkipPastSymbol(char symbol)
    {
        for (var depth = 0; !AtEnd; position++)
        {
            if (depth == 0 && TakeSymbol(symbol))
            {
                return true;
            }

            depth += IsSymbol('(') ? 1 : IsSymbol(')') ? -1 : 0;
        }

        return false;
    }

    /// <summary>Passes over some keywords, in whatever order and number.</summary>
    public void SkipAll(params string[] words)
    {
        while (TakeAny(words))
        {
        }
    }

    /// <summary>Whether one of some keywords comes next.</summary>
    public bool PeekAny(IEnumerable<string> words) => !AtEnd && words.Any(word => tokens[position].Is(text, word));

    /// <summary>
    /// Takes <c>name</c>, <c>schema.name</c> or <c>database.schema.name</c>; null when something else comes next, or a name in Unicode
    /// escapes (<c>U&amp;"…"</c>), which only the server reads.
    /// </summary>
    public (string? Schema, string Name)? TakeName()
    {
        string? schema = null;
        while (TakeIdentifier() is { } name)
        {
            if (!IsSymbol('.'))
            {
                return IsSymbol('&') ? null : (schema, name);
            }

            position++;
            schema = name;
        }

        return null;
    }

    /// <summary>Takes a name with its schema as the statement writes it, for <c>to_regclass</c>; null when something else comes
    /// next.</summary>
    public string? TakeWritten()
    {
        if (!IsIdentifier)
        {
            return null;
        }

        var name = tokens[position++].In(text).ToString();
        while (IsSymbol('.') && position + 1 < tokens.Count)
        {
            name += "." + tokens[position + 1].In(text).ToString();
            position += 2;
        }

        return name;
    }

    /// <summary>Takes a symbol if it comes next.</summary>
    public bool TakeSymbol(char symbol)
    {
        var isNext = IsSymbol(symbol);
        position += isNext ? 1 : 0;
        return isNext;
    }

    /// <summary>Takes one identifier as the catalogue has it; null when something else comes next.</summary>
    public string? TakeIdentifier() => IsIdentifier ? WrittenName.Identifier(tokens[position++].In(text)) : null;

    private bool IsIdentifier => !AtEnd && tokens[position].Kind is (SqlTokenKind.Word or SqlTokenKind.QuotedIdentifier);

    private bool IsSymbol(char symbol) => !AtEnd && tokens[position].Kind == SqlTokenKind.Symbol && text[tokens[position].Start] == symbol;
}
