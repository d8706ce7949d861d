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

        var reader = TokenReader.Of(sql, 24);
        if (reader.SkipPast(Kinds) is not { } kind)
        {
            return null;
        }

        reader.Take("CONCURRENTLY");
        return new Reindex(kind, reader.TakeWritten());
    }
}
