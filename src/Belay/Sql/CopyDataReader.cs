namespace Belay.Sql;

/// <summary>Reads what follows <c>COPY … FROM stdin;</c>: the rest of its line, then data up to the line
/// <c>\.</c> or the end of the script.</summary>
internal static class CopyDataReader
{
    public static ScriptPart Read(string text, TextPosition start)
    {
        var dataStart = EndOfLine(text, start.Offset);
        var fault = RestOfLineFault(text, start, dataStart);
        var (bodyEnd, end) = FindEnd(text, dataStart);
        return new ScriptPart
        {
            Kind = ScriptPartKind.CopyData,
            Place = (text, start.Offset, end),
            Body = text[dataStart..bodyEnd],
            Position = start.To(text, dataStart),
            Fault = fault,
        };
    }

    private static LexicalFault? RestOfLineFault(string text, TextPosition start, int dataStart)
    {
        for (var index = start.Offset; index < dataStart;)
        {
            var token = SqlScanner.Scan(text, index);
            if (!token.IsBlank || (token.Kind == SqlTokenKind.Comment && token.End > dataStart))
            {
                return new LexicalFault("text between COPY … FROM stdin; and its data", start.To(text, index));
            }

            index = token.End;
        }

        return null;
    }

    private static (int BodyEnd, int End) FindEnd(string text, int dataStart)
    {
        for (var index = dataStart; index < text.Length;)
        {
            var next = EndOfLine(text, index);
            if (text.AsSpan(index, next - index).TrimEnd("\r\n").SequenceEqual(@"\."))
            {
                return (index, next);
            }

            index = next;
        }

        return (text.Length, text.Length);
    }

    /// <summary>The index after the line end at or after an index.</summary>
    private static int EndOfLine(string text, int index)
    {
        var newline = text.IndexOf('\n', index);
        return newline < 0 ? text.Length : newline + 1;
    }
}
