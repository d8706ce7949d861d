using Belay.History;
using Belay.Layouts.Atlas;
using Belay.Layouts.Flyway;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts;

/// <summary>Reads the migrations of a folder in the layout of Belay or of another tool.</summary>
public static class MigrationFolder
{
    /// <summary>The name that leaves the choice of the layout to the files.</summary>
    public const string AutomaticLayout = LayoutChoice.Automatic;

    /// <summary>The names that choose a layout, <see cref="AutomaticLayout"/> first.</summary>
    public static IReadOnlyList<string> LayoutNames => LayoutChoice.Names;

    /// <summary>Reads every migration, ordered by its number. The order does not depend on the width of the numbers.</summary>
    /// <param name="layout">One of <see cref="LayoutNames"/>.</param>
    /// <exception cref="MigrationException">As <see cref="Open"/>.</exception>
    public static IReadOnlyList<Migration> Read(string path, string layout = AutomaticLayout) => Open(path, layout).Migrations;

    /// <summary>Reads every migration, and says in which layout.</summary>
    /// <param name="layout">One of <see cref="LayoutNames"/>.</param>
    /// <exception cref="MigrationException">
    /// The folder is missing, its layout is ambiguous, or a file's name, encoding or directive is wrong; all faults are named, exit code 2.
    /// </exception>
    public static MigrationSet Open(string path, string layout = AutomaticLayout)
    {
        if (!Directory.Exists(path))
        {
            throw new MigrationException(
                $"Migration file not found: there is no folder {path}",
                ExitCodes.Usage,
                "create the folder with a file 0001_snake_case.sql, or name another with ./build.sh Migrate --migrations <folder>");
        }

        var folder = new LayoutFolder(path);
        var (chosen, recognition) = LayoutChoice.Choose(folder, layout);
        var migrations = chosen.Layout!
            .Read(folder)
            .Select(
                migration => OutsideMarkers.Mark(folder, migration) with { RollbackPlace = chosen.Layout.WayBackOf(migration.FileName) })
            .ToList();
        var names = folder.Adds(() => AddDuplicates(migrations, folder.Faults));
        var waysBack = folder.Adds(() => migrations.ForEach(migration => WayBack.Refuse(migration, chosen.Name, folder.Faults)));
        DemandRecordOfAtlas(folder, chosen, migrations);
        names |= folder.Adds(() => WayBackNames.Refuse(migrations, folder.Faults));
        migrations.ForEach(migration => UnreadContent.Refuse(migration, folder.Faults));
        migrations.ForEach(migration => UnreadContent.RefuseDirectives(migration, folder.Faults));
        folder.Remarks.AddRange(migrations.SelectMany(UnreadContent.RemarksOf));
        names |= folder.Adds(() => AddLeft(folder, chosen, migrations));
        folder.Faults.AddRange(folder.Unreadable);
        return folder.Faults.Count > 0
            ? throw new MigrationException(string.Join('\n', folder.Faults), ExitCodes.Usage, Hint(chosen, recognition, names, waysBack))
            : new MigrationSet(
                chosen.Name,
                recognition,
                [
                    .. migrations.OrderBy(migration => migration.IsRepeatable)
                        .ThenBy(migration => migration.Version)
                        .ThenBy(migration => migration.Name, StringComparer.Ordinal),
                ],
                folder.Remarks);
    }

    /// <summary>Names are to blame only where a name was.</summary>
    private static string Hint(MigrationTool chosen, string? recognition, bool names, bool waysBack)
    {
        var other = recognition is null ? "" : "; or choose another layout with --layout";
        return names ? $"name the files like {chosen.Layout!.ExpectedNames}{other}"
            : waysBack ? "take the way back out of the file, or choose the layout that reads it with --layout"
            : "put right what the message names, then ./build.sh Preflight";
    }

    private static void AddLeft(LayoutFolder folder, MigrationTool chosen, List<Migration> migrations)
    {
        if (folder.Left.Any() || (migrations.Count == 0 && folder.Faults.Count == 0))
        {
            folder.Faults.AddRange(LeftFiles.Of(folder, chosen));
        }
    }

    /// <summary>Atlas writes files for other tools too, with its own record beside them.</summary>
    private static void DemandRecordOfAtlas(LayoutFolder folder, MigrationTool chosen, List<Migration> migrations)
    {
        if (chosen == FlywayTool.Tool && AtlasSum.In(folder) is { } record)
        {
            folder.Remarks.Add($"{record} is not checked in the layout {chosen.Name}");
        }
        else if (chosen != AtlasTool.Tool)
        {
            AtlasSum.Demand(folder, migrations.Select(migration => migration.FileName));
        }
    }

    private static void AddDuplicates(List<Migration> migrations, List<string> faults)
    {
        foreach (var group in migrations.Where(migration => !migration.IsRepeatable)
            .GroupBy(migration => migration.Version)
            .Where(group => group.Count() > 1))
        {
            faults.Add(
                $"Version {group.Key} is used by {group.Count()} files: "
                    + $"{string.Join(", ", group.Select(migration => migration.FileName))}");
        }

        foreach (var group in migrations.Where(migration => migration.IsRepeatable)
            .GroupBy(migration => migration.Name)
            .Where(group => group.Count() > 1))
        {
            faults.Add(
                $"Two repeatable migrations have the name {group.Key}: {string.Join(", ", group.Select(migration => migration.Path))}");
        }
    }
}
