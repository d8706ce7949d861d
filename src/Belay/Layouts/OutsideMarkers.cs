using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts;

/// <summary>Finds which scripts ask to run outside a transaction. The markers of every tool are heeded in every layout, on the way forward
/// and on the way back.</summary>
internal static class OutsideMarkers
{
    /// <summary>The migration with both ways marked.</summary>
    /// <param name="migration">A migration as its layout reads it.</param>
    public static Migration Mark(LayoutFolder folder, Migration migration)
    {
        var marked = OutsideScript.StepsOut(migration.Text) || Has(folder.TextOf(migration.FileName), migration.Text)
            ? OutsideScript.Mark(migration)
            : migration;
        return marked.Rollback is { NoTransaction: false } rollback && IsOutside(folder, rollback)
            ? marked with { Rollback = rollback with { NoTransaction = true } }
            : marked;
    }

    /// <summary>By Belay's directive, by a tool's marker, or because it allows nothing else.</summary>
    private static bool IsOutside(LayoutFolder folder, ScriptSource rollback)
        => DirectiveReader.Read(rollback.Path, rollback.Text, []).NoTransaction
            || OutsideScript.IsWhole(rollback.Text)
            || OutsideScript.StepsOut(rollback.Text)
            || Has(folder.TextOf(Path.GetRelativePath(folder.Root, rollback.Path)), rollback.Text);

    private static bool Has(string? file, string script)
        => MigrationTools.All.Any(tool => tool.NoTransaction?.IsIn(file ?? script, script) is true);
}
