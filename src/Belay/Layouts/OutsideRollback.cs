using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts;

/// <summary>Finds which ways back run outside a transaction: by Belay's directive, by their tool's marker, or because they allow nothing else.</summary>
internal static partial class OutsideRollback
{
    /// <summary>The migration with its rollback marked.</summary>
    /// <param name="migration">A migration as its layout reads it.</param>
    public static Migration Mark(Migration migration) => migration.Rollback is { } rollback && IsOutside(migration, rollback)
        ? migration with { Rollback = rollback with { NoTransaction = true } }
        : migration;

    private static bool IsOutside(Migration migration, ScriptSource rollback)
    {
        if (DirectiveReader.Read(rollback.Path, rollback.Text, []).NoTransaction || OutsideScript.IsWhole(rollback.Text))
        {
            return true;
        }

        // dbmate marks each way by itself, goose the file.
        return ScriptText.Lines(rollback.Text).FirstOrDefault(line => WayDown().IsMatch(line)) is { } marker
            ? Outside().IsMatch(marker)
            : rollback.Path == migration.Path && migration.Directives.NoTransaction;
    }

    [GeneratedRegex(@"^--\s*migrate:down(\s|$)")]
    private static partial Regex WayDown();

    [GeneratedRegex(@"\stransaction\s*:\s*false(\s|$)")]
    private static partial Regex Outside();
}
