using Belay.Sql;

namespace Belay.Preflight;

/// <summary>Walks over the tokens of a text.</summary>
/// <param name="firstLine">The number of the text's first line.</param>
internal sealed class TokenReader(string text, IReadOnlyList<SqlToken> tokens, int firstLine)
{
    private int position;

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

    private bool IsSymbol(char symbol) => !AtEnd && tokens[position].Kind == SqlTokenKind.Symbol && text[tokens[position].Start] == symbol;

    private string? TakeIdentifier()
    {
        if (AtEnd || tokens[position].Kind is not (SqlTokenKind.Word or SqlTokenKind.QuotedIdentifier))
        {
            return null;
        }

        return WrittenName.Identifier(tokens[position++].In(text));
    }
}
