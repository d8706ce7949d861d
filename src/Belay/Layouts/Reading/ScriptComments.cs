using Belay.Sql;

namespace Belay.Layouts.Reading;

/// <summary>The comments of a script. What stands in strings, in bodies of functions and in COPY data is text.</summary>
internal static class ScriptComments
{
    /// <summary>Each comment of dashes that has a line of its own, to the line's end, with its place and whether a statement
    /// begins or goes on after it.</summary>
    /// <param name="behind">Whether comments behind a statement count too.</param>
    public static IEnumerable<(string Comment, TextPosition Place, bool IsFollowed)> Read(string text, bool behind = false)
        => All(text).Where(one => behind ? text[one.Place.Offset] == '-' : BeginsLine(text, one.Place.Offset));

    /// <summary>Each comment of both kinds, wherever it stands.</summary>
    public static IEnumerable<(string Comment, TextPosition Place, bool IsFollowed)> All(string text)
    {
        var parts = SqlLexer.Split(text).Where(part => part.Kind != ScriptPartKind.CopyData).ToList();
        var last = parts.Where(IsWork).Select(part => part.Place.End).LastOrDefault();
        var place = TextPosition.Start;
        foreach (var token in parts.SelectMany(part => Tokens(text, part)).Where(token => token.Kind == SqlTokenKind.Comment))
        {
            place = place.To(text, token.Start);
            yield return (token.In(text).TrimEnd().ToString(), place, token.Start < last);
        }
    }

    private static IEnumerable<SqlToken> Tokens(string text, ScriptPart part)
    {
        for (var index = part.Place.Start; index < part.Place.End;)
        {
            var token = SqlScanner.Scan(text, index);
            yield return token;
            index = token.End;
        }
    }

    private static bool IsWork(ScriptPart part)
        => part.Kind == ScriptPartKind.Statement
            && part.Body.Length > 0
            && StatementShape.Of(part.Body).Transaction == TransactionWord.None;

    /// <summary>Play writes a # before its comments.</summary>
    public static bool BeginsLine(string text, int start)
        => text[start] == '-' && text.AsSpan(0, start).TrimEnd([' ', '\t', '#']) is [] or [.., '\n'];
}
