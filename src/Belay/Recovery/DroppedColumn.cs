using Belay.Sql;

namespace Belay.Recovery;

/// <summary>A column that a rollback script drops, as the script writes it.</summary>
/// <param name="Table">The table's name, with quotes and schema where the script has them.</param>
/// <param name="Column">The column's name, with quotes where the script has them.</param>
internal sealed record DroppedColumn(string Table, string Column)
{
    private static readonly string[] OtherActions = ["CONSTRAINT", "DEFAULT", "NOT", "IDENTITY", "EXPRESSION"];

    /// <summary>The columns that <c>ALTER TABLE … DROP COLUMN …</c> statements name, in order.</summary>
    public static IEnumerable<DroppedColumn> In(IEnumerable<ScriptStatement> statements)
        => statements.Where(statement => statement.Shape.Words is ["ALTER", "TABLE", ..]).SelectMany(statement => Of(statement.Sql));

    private static IEnumerable<DroppedColumn> Of(string sql)
    {
        var reader = TokenReader.Of(sql);
        reader.Take("ALTER", "TABLE");
        reader.SkipAll("IF", "EXISTS", "ONLY");
        if (reader.TakeWritten() is not { } table)
        {
            yield break;
        }

        reader.TakeSymbol('*');
        do
        {
            if (TakeColumn(reader) is { } column)
            {
                yield return new DroppedColumn(table, column);
            }
        }
        while (reader.SkipPastSymbol(','));
    }

    /// <summary>A column has the name of any word but those that make DROP another action.</summary>
    private static string? TakeColumn(TokenReader reader)
    {
        if (!reader.Take("DROP") || reader.PeekAny(OtherActions))
        {
            return null;
        }

        reader.SkipAll("COLUMN", "IF", "EXISTS");
        return reader.TakeWritten();
    }
}
