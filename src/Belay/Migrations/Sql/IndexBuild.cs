namespace Belay.Migrations.Sql;

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

        index += index < tokens.Length && tokens[index].Is(sql, "IF") ? 3 : 0;
        if (index + 2 >= tokens.Length || tokens[index].Is(sql, "ON") || !tokens[index + 1].Is(sql, "ON"))
        {
            return null;
        }

        var table = tokens[index + 2].Is(sql, "ONLY") ? index + 3 : index + 2;
        return table >= tokens.Length ? null : new IndexBuild(Identifier(tokens[index].In(sql)), TableAt(sql, tokens, table));
    }

    private static string TableAt(string sql, SqlToken[] tokens, int index)
    {
        var table = tokens[index].In(sql).ToString();
        while (index + 2 < tokens.Length && tokens[index + 1].In(sql) is ".")
        {
            index += 2;
            table += "." + tokens[index].In(sql).ToString();
        }

        return table;
    }

    /// <summary>A name as the catalogue has it: quotes off, or lower case.</summary>
    internal static string Identifier(ReadOnlySpan<char> written) => written[0] == '"'
        ? written[1..^1].ToString().Replace("\"\"", "\"", StringComparison.Ordinal)
        : written.ToString().ToLowerInvariant();
}
