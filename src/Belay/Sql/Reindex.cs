namespace Belay.Sql;

/// <summary>What <c>REINDEX … CONCURRENTLY</c> names.</summary>
/// <param name="Kind">INDEX, TABLE, SCHEMA, DATABASE or SYSTEM.</param>
/// <param name="Name">The name as the statement writes it, for <c>to_regclass</c>; null where it may be left out.</param>
internal sealed record Reindex(string Kind, string? Name)
{
    private static readonly string[] Kinds = ["INDEX", "TABLE", "SCHEMA", "DATABASE", "SYSTEM"];

    /// <summary>Reads the statement; null when it is another one.</summary>
    public static Reindex? Of(string sql)
    {
        if (StatementShape.Of(sql).OutsideOnly != "REINDEX CONCURRENTLY")
        {
            return null;
        }

        var tokens = SqlScanner.Significant(sql).Take(24).ToArray();
        var index = Array.FindIndex(tokens, token => Kinds.Any(kind => token.Is(sql, kind))) + 1;
        if (index == 0)
        {
            return null;
        }

        var kind = tokens[index - 1].In(sql).ToString().ToUpperInvariant();
        WrittenName.Skip(sql, tokens, ref index, "CONCURRENTLY");
        return new Reindex(kind, WrittenName.Take(sql, tokens, ref index));
    }
}
