using Belay.Layouts.Reading;

namespace Belay.Layouts;

/// <summary>Names the scripts of a folder that would not run, so that none is passed over in silence.</summary>
internal static class LeftFiles
{
    private const int MostNamed = 20;

    /// <summary>One line for each, and one when there is none at all.</summary>
    /// <param name="folder">The folder, after the layout has read it.</param>
    /// <param name="chosen">The layout; null when none was recognised.</param>
    public static IEnumerable<string> Of(LayoutFolder folder, MigrationTool? chosen)
    {
        var left = folder.Left.ToList();
        if (left.Count == 0)
        {
            return [
                "There is no migration in "
                    + $"{Path.GetFullPath(folder.Root)}{(chosen is null ? ": no file in it ends in .sql" : " that the layout "
                        + $"{chosen.Name} could run")}",
            ];
        }

        var lines = left.Take(MostNamed).Select(entry => $"{folder.PathOf(entry.Name)} {Reason(entry, folder, chosen)}");
        return left.Count > MostNamed ? [.. lines, $"and {left.Count - MostNamed} more"] : lines;
    }

    /// <summary>What to do when no layout was recognised: point at the folder that has one, or name the files.</summary>
    public static string Hint(LayoutFolder folder)
    {
        var below = folder.Left
            .Where(
                entry => !entry.IsFolder
                    && entry.Name.Contains('/', StringComparison.Ordinal)
                    && Tool(Path.GetFileName(entry.Name), null) is not null)
            .GroupBy(entry => Path.GetDirectoryName(entry.Name)!)
            .OrderByDescending(group => group.Count())
            .Select(group => group.Key)
            .FirstOrDefault();
        return below is null
            ? "name the files like 0001_snake_case.sql, or choose their layout with --layout"
            : $"./build.sh Preflight --migrations {Path.Combine(folder.Root, below)}";
    }

    private static string Reason((string Name, bool IsFolder) entry, LayoutFolder folder, MigrationTool? chosen)
    {
        var name = entry.Name;
        var tool = Tool(name, chosen);
        return entry switch
        {
            { IsFolder: true } => "is a folder, though its name is a script's",
            _ when !name.TrimEnd().EndsWith(".sql", StringComparison.Ordinal) => "does not end in .sql in small letters",
            _ when !name.EndsWith(".sql", StringComparison.Ordinal) => "has a blank at the end of its name",
            _ when tool is not null => $"{NotTaken(chosen)}; it looks like one of {tool}'s",
            _
                when name.Contains('/', StringComparison.Ordinal)
                    && Tool(
                        Path.GetFileName(name),
                        null) is { } below => $"lies in a folder below and {NotTaken(chosen)}; it looks like one of {below}'s",
            _ => chosen is null ? "is not named like a migration" : $"is not named like a migration of {chosen.Name}",
        };
    }

    private static string NotTaken(MigrationTool? chosen) => chosen is null ? "is not run" : $"is not read in the layout {chosen.Name}";

    /// <summary>The tool whose file it may be.</summary>
    private static string? Tool(string name, MigrationTool? chosen)
        => MigrationTools.All.FirstOrDefault(tool => tool != chosen && tool.Layout?.Explains(name) is true)?.Name;
}
