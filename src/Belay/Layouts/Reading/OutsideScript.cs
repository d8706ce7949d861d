using Belay.Sql;

namespace Belay.Layouts.Reading;

/// <summary>Finds scripts that a tool runs outside a transaction without a marker, because their statements allow nothing else.</summary>
internal static class OutsideScript
{
    /// <summary>The migration with the directive, when all its statements must run outside a transaction:
    /// then the tool ran them so too.</summary>
    public static Migration MarkWhole(Migration migration)
        => IsWhole(migration.Text) ? Mark(migration) : migration;

    /// <summary>Whether all statements of a text must run outside a transaction.</summary>
    public static bool IsWhole(string text)
    {
        var shapes = Shapes(text);
        return shapes.Count > 0 && shapes.All(shape => shape.OutsideOnly is not null);
    }

    /// <summary>The migration with the directive, when it begins no transaction by itself and one of its
    /// statements could not run in one.</summary>
    public static Migration MarkAny(Migration migration) => IsAny(migration.Text) ? Mark(migration) : migration;

    /// <summary>Whether a text begins no transaction by itself and one of its statements could not run in one.</summary>
    public static bool IsAny(string text)
    {
        var shapes = Shapes(text);
        return shapes.Any(shape => shape.OutsideOnly is not null) && shapes.All(shape => shape.Transaction == TransactionWord.None);
    }

    /// <summary>Whether a text steps out of its tool's transaction: see <see cref="TransactionControl.StepsOut"/>.</summary>
    public static bool StepsOut(string text) => TransactionControl.StepsOut(Shapes(text));

    /// <summary>The migration with the directive <c>no-transaction</c>.</summary>
    public static Migration Mark(Migration migration) => migration with { Directives = migration.Directives with { NoTransaction = true } };

    private static List<StatementShape> Shapes(string text)
        => [
            .. SqlLexer.Split(text)
                .Where(part => part.Kind == ScriptPartKind.Statement && part.Body.Length > 0)
                .Select(part => StatementShape.Of(part.Body)),
        ];
}
