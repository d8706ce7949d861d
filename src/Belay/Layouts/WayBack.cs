using System.Text.RegularExpressions;
using Belay.Sql;

namespace Belay.Layouts;

/// <summary>Finds the beginning of a way back that a layout took for a part of the way forward, so that it is not run.</summary>
/// <remarks>
/// A marker counts where it is a comment of the script. In a string, in a function's body or in COPY data it is text. What only looks like
/// a marker, as a line "-- down" does, counts when a statement follows it.
/// </remarks>
internal static partial class WayBack
{
    /// <summary>Adds a fault when the text holds a marker.</summary>
    /// <param name="migration">A migration as the layout reads it, without the parts that it knows to be no way forward.</param>
    /// <param name="layout">The layout's name.</param>
    /// <param name="faults">Takes the fault.</param>
    public static void Refuse(Migration migration, string layout, List<string> faults)
    {
        if (!Suspicion().IsMatch(migration.Text))
        {
            return;
        }

        var hasForward = false;
        foreach (var (comment, place, isFollowed) in Comments(migration.Text))
        {
            hasForward |= Forward().IsMatch(comment);
            var tool = MigrationTools.All.FirstOrDefault(tool => tool.WayBack?.IsMatch(comment) is true);
            if (tool is not null || (isFollowed && (Lookalike().IsMatch(comment) || (hasForward && LookalikeOfTwo().IsMatch(comment)))))
            {
                var owner = tool is null ? "" : $" of {tool.Name}";
                faults.Add($"{migration.Path}:{place.Line}: \"{comment}\" begins the way back{owner}, which the layout {layout} does not read: all of the file would run");
                return;
            }
        }
    }

    /// <summary>The comments that have a line of their own, each with its place and whether a statement begins or goes on after it.</summary>
    private static IEnumerable<(string Comment, TextPosition Place, bool IsFollowed)> Comments(string text)
    {
        var parts = SqlLexer.Split(text).Where(part => part.Kind != ScriptPartKind.CopyData).ToList();
        var last = parts.Where(IsWork).Select(part => part.Place.End).LastOrDefault();
        var place = TextPosition.Start;
        foreach (var token in parts.SelectMany(part => Tokens(text, part)).Where(token => token.Kind == SqlTokenKind.Comment && BeginsLine(text, token.Start)))
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
        => part.Kind == ScriptPartKind.Statement && part.Body.Length > 0 && StatementShape.Of(part.Body).Transaction == TransactionWord.None;

    /// <summary>Play writes a # before its comments.</summary>
    private static bool BeginsLine(string text, int start) => text[start] == '-' && text.AsSpan(0, start).TrimEnd([' ', '\t', '#']) is [] or [.., '\n'];

    [GeneratedRegex(@"--[^\n]*(down|undo|drop below|rollback|roll back|revert|backward|destroy)", RegexOptions.IgnoreCase)]
    private static partial Regex Suspicion();

    [GeneratedRegex(@"^--\W*((migrat\w*|schema|sql|section|part|\+\w+|\w+:)\W*)?(downs?|undo|downgrade)(\W*(migrat\w*|script|section|part|sql))?\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Lookalike();

    [GeneratedRegex(@"^--\W*(migrat\w*\W*)?(ups?|upgrade|forward|apply|deploy|do|changes?)(\W*(migrat\w*|script|section|part|sql))?\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Forward();

    [GeneratedRegex(@"^--\W*(migrat\w*\W*)?(roll ?back|revert|backward|destroy)(\W*(migrat\w*|script|section|part|sql))?\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex LookalikeOfTwo();
}
