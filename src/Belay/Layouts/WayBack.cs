using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts;

/// <summary>Finds the beginning of a way back that a layout took for a part of the way forward, so that it is not run.</summary>
/// <remarks>
/// A marker counts where it is a comment of the script, also behind a statement, where its tool would run on.
/// What only looks like a marker, as a line "-- down" does, counts when it has the line and a statement follows it.
/// </remarks>
internal static partial class WayBack
{
    /// <summary>Adds a fault when the text holds a marker.</summary>
    /// <param name="migration">A migration as the layout reads it, without the parts that it knows to be no way forward.</param>
    public static void Refuse(Migration migration, string layout, List<string> faults)
    {
        if (!Suspicion().IsMatch(migration.Text))
        {
            return;
        }

        var hasForward = false;
        foreach (var (comment, place, isFollowed) in ScriptComments.Read(migration.Text, behind: true))
        {
            var hasLine = ScriptComments.BeginsLine(migration.Text, place.Offset);
            hasForward |= hasLine && Forward().IsMatch(comment);
            var tool = MigrationTools.All.FirstOrDefault(tool => tool.WayBack?.IsMatch(comment) is true);
            if ((tool is not null && (hasLine || isFollowed))
                || (isFollowed && hasLine && (Lookalike().IsMatch(comment) || (hasForward && LookalikeOfTwo().IsMatch(comment)))))
            {
                var owner = tool is null ? "" : $" of {tool.Name}";
                faults.Add(
                    $"{migration.Path}:{place.Line}: \"{comment}\" begins the way back{owner}, which the layout {layout} does not read: "
                        + "all of the file would run");
                return;
            }
        }
    }

    [GeneratedRegex(@"--[^\n]*(down|undo|drop below|rollback|roll back|revert|backward|destroy)", RegexOptions.IgnoreCase)]
    private static partial Regex Suspicion();

    [GeneratedRegex(
        @"^--\W*((migrat\w*|schema|sql|section|part|\+\w+|\w+:)\W*)?(downs?|undo|downgrade)(\W*(migrat\w*|script|section|part|sql))?\W*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Lookalike();

    [GeneratedRegex(
        @"^--\W*(migrat\w*\W*)?(ups?|upgrade|forward|apply|deploy|do|changes?)(\W*(migrat\w*|script|section|part|sql))?\W*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Forward();

    [GeneratedRegex(
        @"^--\W*(migrat\w*\W*)?(roll ?back|revert|backward|destroy)(\W*(migrat\w*|script|section|part|sql))?\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex LookalikeOfTwo();
}
