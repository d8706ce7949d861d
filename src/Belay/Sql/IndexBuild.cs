namespace Belay.Sql;

/// <summary>What <c>CREATE INDEX CONCURRENTLY</c> names.</summary>
/// <param name="Name">The index's name as the catalogue has it.</param>
/// <param name="Table">The table as the statement writes it, for <c>to_regclass</c>.</param>
internal sealed record IndexBuild(string Name, string Table)
{
    /// <summary>Reads the statement; null when it is another one or names no index.</summary>
    public static IndexBuild? Of(string sql)
    {
        var reader = TokenReader.Of(sql, 24);
        if (StatementShape.Of(sql).OutsideOnly != "CREATE INDEX CONCURRENTLY" || reader.SkipPast("CONCURRENTLY") is null)
        {
            return null;
        }

        reader.Take("IF", "NOT", "EXISTS");
        if (reader.Take("ON") || reader.TakeIdentifier() is not { } name || !reader.Take("ON"))
        {
            return null;
        }

        reader.Take("ONLY");
        return reader.TakeWritten() is { } table ? new IndexBuild(name, table) : null;
    }
}
