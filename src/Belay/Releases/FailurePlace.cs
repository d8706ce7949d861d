using System.Globalization;
using System.Text.RegularExpressions;
using Belay.Printing;

namespace Belay.Releases;

/// <summary>Finds the place in a script that a failure's message names, so that a service can mark it.</summary>
internal static partial class FailurePlace
{
    /// <summary>The place; null where the message names none, or the file is not there.</summary>
    /// <param name="message">The message: <c>/app/migrations/0002_b.sql:3:7: ERROR: …</c> or <c>… (0002_b.sql, line 3)</c>.</param>
    /// <param name="migrations">The folder of the migrations.</param>
    /// <param name="root">What the service takes for the repository's root.</param>
    public static FilePlace? Find(string message, string migrations, string root)
    {
        foreach (var match in Place().Matches(message).Cast<Match>())
        {
            var path = Path.GetFullPath(match.Groups["file"].Value, migrations);
            if (File.Exists(path) && int.TryParse(match.Groups["line"].Value, CultureInfo.InvariantCulture, out var line))
            {
                int? column = int.TryParse(match.Groups["column"].Value, CultureInfo.InvariantCulture, out var known) ? known : null;
                return new FilePlace(Path.GetRelativePath(root, path).Replace('\\', '/'), line, column);
            }
        }

        return null;
    }

    // Names of scripts have no colon, bracket or line break in them; a path before them may have blanks.
    [GeneratedRegex(
        @"(?<=^|[\s(])(?<file>[^\n:()]+\.sql)(?::(?<line>\d{1,9})(?!\d)(?::(?<column>\d{1,9})(?!\d))?|, line (?<line>\d{1,9})(?!\d))",
        RegexOptions.Multiline)]
    private static partial Regex Place();
}
