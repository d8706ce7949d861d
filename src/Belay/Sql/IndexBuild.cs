namespace Belay.Sql;

/// <summary>What <c>CREATE INDEX CONCURRENTLY</c> names.</summary>
/// <param name="Name">The index's name as the catalogue has it.</param>
/// <param name="Table">The table as the statement writes it, for <c>to_regclass</c>.</param>
internal sealed record IndexBuild(string Name, string Table)
{
    /// <summary>Reads the statement; null when it is another one or names no index.</summary>
    public static IndexBuild? Of(string sql)
    {
        var tokens = SqlScanner.Significant(sql).Take(24).ToArray();
        var index = Array.FindIndex(tokens, token => token.Is(sql, "CONCURRENTLY")) + 1;
        if (index == 0 || StatementShape.Of(sql).OutsideOnly != "CREATE INDEX CONCURRENTLY")
        {
            return null;
        }

        WrittenName.Skip(sql, tokens, ref index, "IF", "NOT", "EXISTS");
        if (index + 2 >= tokens.Length || tokens[index].Is(sql, "ON") || !tokens[index + 1].Is(sql, "ON"))
        {
            return null;
        }

        var name = WrittenName.Identifier(tokens[index].In(sql));
        index += 2;
        WrittenName.Skip(sql, tokens, ref index, "ONLY");
        return WrittenName.Take(sql, tokens, ref index) is { } table ? new IndexBuild(name, table) : null;
    }
}
