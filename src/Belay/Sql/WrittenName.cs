namespace Belay.Sql;

/// <summary>Names as statements write them.</summary>
internal static class WrittenName
{
    /// <summary>One name as the catalogue has it: quotes off, or in lower case, in which PostgreSQL puts
    /// the letters of ASCII alone.</summary>
    public static string Identifier(ReadOnlySpan<char> written) => written[0] == '"'
        ? written[1..^1].ToString().Replace("\"\"", "\"", StringComparison.Ordinal)
        : string.Concat(written.ToString().Select(letter => char.IsAsciiLetterUpper(letter) ? char.ToLowerInvariant(letter) : letter));

    /// <summary>A name with its schema, as written, for <c>to_regclass</c>; moves the index behind it. Null when there is none.</summary>
    public static string? Take(string sql, IReadOnlyList<SqlToken> tokens, ref int index)
    {
        if (index >= tokens.Count || tokens[index].Kind is not (SqlTokenKind.Word or SqlTokenKind.QuotedIdentifier))
        {
            return null;
        }

        var name = tokens[index++].In(sql).ToString();
        while (index + 1 < tokens.Count && tokens[index].In(sql) is ".")
        {
            name += "." + tokens[index + 1].In(sql).ToString();
            index += 2;
        }

        return name;
    }

    /// <summary>Moves the index over keywords when exactly they come next.</summary>
    public static bool Skip(string sql, IReadOnlyList<SqlToken> tokens, ref int index, params ReadOnlySpan<string> keywords)
    {
        for (var offset = 0; offset < keywords.Length; offset++)
        {
            if (index + offset >= tokens.Count || !tokens[index + offset].Is(sql, keywords[offset]))
            {
                return false;
            }
        }

        index += keywords.Length;
        return true;
    }
}
