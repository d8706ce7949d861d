namespace Belay.Sql;

/// <summary>What <c>DROP INDEX CONCURRENTLY</c> names.</summary>
/// <param name="Name">The index as the statement writes it, for <c>to_regclass</c>.</param>
internal sealed record IndexDrop(string Name)
{
    /// <summary>Reads the statement; null when it is another one.</summary>
    public static IndexDrop? Of(string sql)
    {
        var tokens = SqlScanner.Significant(sql).Take(12).ToArray();
        var index = 0;
        if (!WrittenName.Skip(sql, tokens, ref index, "DROP", "INDEX", "CONCURRENTLY"))
        {
            return null;
        }

        WrittenName.Skip(sql, tokens, ref index, "IF", "EXISTS");
        return WrittenName.Take(sql, tokens, ref index) is { } name ? new IndexDrop(name) : null;
    }
}
