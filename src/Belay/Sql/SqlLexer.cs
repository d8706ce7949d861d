namespace Belay.Sql;

/// <summary>Splits a script into statements, psql commands and COPY data. It never interprets what PostgreSQL should.</summary>
internal static class SqlLexer
{
    /// <summary>The script's parts, one after the other; joined, they give back the script.</summary>
    public static IEnumerable<ScriptPart> Split(string text)
    {
        var position = TextPosition.Start;
        var dataFollows = false;
        while (position.Offset < text.Length || dataFollows)
        {
            ScriptPart part;
            if (dataFollows)
            {
                part = CopyDataReader.Read(text, position);
                dataFollows = false;
            }
            else
            {
                (part, dataFollows) = Next(text, position);
            }

            yield return part;
            position = position.To(text, part.Place.End);
        }
    }

    private static (ScriptPart Part, bool DataFollows) Next(string text, TextPosition start)
    {
        var state = new StatementState(text);
        var bodyStart = -1;
        LexicalFault? fault = null;
        for (var index = start.Offset; index < text.Length;)
        {
            var token = SqlScanner.Scan(text, index);
            index = token.End;
            fault ??= FaultOf(token, text, start);
            if (token.IsBlank)
            {
                continue;
            }

            if (token.Kind == SqlTokenKind.MetaCommand && bodyStart < 0)
            {
                return (Make(ScriptPartKind.MetaCommand, text, new Extent(start, token.Start, token.End, token.End), fault), false);
            }

            fault ??= MetaInside(token, text, start);
            bodyStart = bodyStart < 0 ? token.Start : bodyStart;
            if (state.EndsWith(token))
            {
                return (
                    Make(ScriptPartKind.Statement, text, new Extent(start, bodyStart, token.Start, token.End), fault),
                    state.IsCopyFromStdin);
            }
        }

        return bodyStart < 0
            ? (Make(ScriptPartKind.Blank, text, new Extent(start, text.Length, text.Length, text.Length), fault), false)
            : (Make(ScriptPartKind.Statement, text, new Extent(start, bodyStart, text.Length, text.Length), fault), state.IsCopyFromStdin);
    }

    private static ScriptPart Make(ScriptPartKind kind, string text, Extent extent, LexicalFault? fault) => new()
    {
        Kind = kind,
        Place = (text, extent.Start.Offset, extent.End),
        Body = text[extent.BodyStart..extent.BodyEnd],
        Position = extent.Start.To(text, extent.BodyStart),
        Fault = fault,
    };

    private static LexicalFault? FaultOf(SqlToken token, string text, TextPosition start)
        => token.Unfinished is { } fault ? new LexicalFault(fault, start.To(text, token.Start)) : null;

    private static LexicalFault? MetaInside(SqlToken token, string text, TextPosition start) => token.Kind == SqlTokenKind.MetaCommand
        ? new LexicalFault(
            $"the psql command {ShortText.Cut(token.In(text).TrimEnd().ToString(), 60)} inside a statement", start.To(text, token.Start))
        : null;

    private readonly record struct Extent(TextPosition Start, int BodyStart, int BodyEnd, int End);
}
