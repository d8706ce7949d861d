namespace Belay.Sql;

/// <summary>A place in a text.</summary>
/// <param name="Offset">The index, counted from 0.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The character in the line, counted from 1.</param>
internal readonly record struct TextPosition(int Offset, int Line, int Column)
{
    /// <summary>A text's first place.</summary>
    public static TextPosition Start { get; } = new(0, 1, 1);

    /// <summary>The place of a later index.</summary>
    /// <param name="offset">The index, not before this one.</param>
    public TextPosition To(string text, int offset)
    {
        var (line, column) = (Line, Column);
        for (var index = Offset; index < offset; index++)
        {
            (line, column) = text[index] == '\n' ? (line + 1, 1) : (line, column + 1);
        }

        return new TextPosition(offset, line, column);
    }
}
