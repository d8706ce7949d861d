namespace Belay.Sql;

/// <summary>What <c>DROP INDEX CONCURRENTLY</c> names.</summary>
/// <param name="Name">The index as the statement writes it, for <c>to_regclass</c>.</param>
internal sealed record IndexDrop(string Name)
{
    /// <summary>Reads the statement; null when it is another one.</summary>
    public static IndexDrop? Of(string sql)
    {
        var reader = TokenReader.Of(sql, 12);
        if (!reader.Take("DROP", "INDEX", "CONCURRENTLY"))
        {
            return null;
        }

        reader.Take("IF", "EXISTS");
        return reader.TakeWritten() is { } name ? new IndexDrop(name) : null;
    }
}
