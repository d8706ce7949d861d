using System.Text.RegularExpressions;
using Belay.Sql;

namespace Belay.Layouts;

/// <summary>Finds what other tools replace before the server sees it. Only where it could not be SQL: in
/// comments and strings it is text.</summary>
internal static partial class Placeholders
{
    /// <summary>Each placeholder with its place and whose form it has.</summary>
    public static IEnumerable<(string Text, TextPosition Place, string Kind)> Find(string text)
    {
        if (!Suspicion().IsMatch(text))
        {
            yield break;
        }

        var place = TextPosition.Start;
        foreach (var part in SqlLexer.Split(text).Where(part => part.Kind == ScriptPartKind.Statement))
        {
            var depth = 0;
            for (var index = part.Place.Start; index < part.Place.End;)
            {
                var token = SqlScanner.Scan(text, index);
                depth += token.Kind == SqlTokenKind.Symbol ? (text[token.Start] == '[' ? 1 : text[token.Start] == ']' ? -1 : 0) : 0;
                if (At(text, token, depth) is { } found)
                {
                    place = place.To(text, token.Start);
                    yield return (found.Text, place, found.Kind);
                    index = token.Start + found.Text.Length;
                    continue;
                }

                index = token.End;
            }
        }
    }

    private static (string Text, string Kind)? At(string text, SqlToken token, int depth) => (token.Kind, text[token.Start]) switch
    {
        (SqlTokenKind.Symbol, '{') when Template().Match(text, token.Start) is { Success: true } match => (match.Value, "a template"),
        (SqlTokenKind.Symbol, '$')
            when Braces().Match(text, token.Start) is { Success: true } match => (match.Value, "Flyway, Evolve or MyBatis"),
        (SqlTokenKind.Symbol, ':')
            when depth == 0 && !IsBehindColon(text, token.Start) && Variable().Match(text, token.Start) is { Success: true } match => (
                match.Value, "psql"),
        (SqlTokenKind.Text or SqlTokenKind.Symbol, '$')
            when Dollars().Match(text, token.Start) is { Success: true } match && IsNoQuote(text, token, match) => (match.Value, "DbUp"),
        _ => null,
    };

    private static bool IsBehindColon(string text, int start) => start > 0 && text[start - 1] == ':';

    /// <summary>A dollar quote is never joined to a name by a dot, and has its end.</summary>
    private static bool IsNoQuote(string text, SqlToken token, Match match)
    {
        var after = token.Start + match.Length;
        return !token.Complete || (after < text.Length && text[after] == '.') || (token.Start > 0 && text[token.Start - 1] is '.' or '"');
    }

    [GeneratedRegex(@"\{\{|\$\{|:['""A-Za-z_]|\$[A-Za-z_]\w*\$")]
    private static partial Regex Suspicion();

    [GeneratedRegex(@"\G\{\{[^{}]*\}\}")]
    private static partial Regex Template();

    [GeneratedRegex(@"\G\$\{[A-Za-z][A-Za-z0-9_.:-]*\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"\G:([A-Za-z_]\w*|'[A-Za-z_]\w*'|""[A-Za-z_]\w*"")")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\G\$[A-Za-z_]\w*\$")]
    private static partial Regex Dollars();
}
