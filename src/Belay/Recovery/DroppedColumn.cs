using Belay.Sql;

namespace Belay.Recovery;

/// <summary>A column that a rollback script drops, as the script writes it.</summary>
/// <param name="Table">The table's name, with quotes and schema where the script has them.</param>
/// <param name="Column">The column's name, with quotes where the script has them.</param>
internal sealed record DroppedColumn(string Table, string Column)
{
    /// <summary>The columns that <c>ALTER TABLE … DROP COLUMN …</c> statements name, in order.</summary>
    public static IEnumerable<DroppedColumn> In(IEnumerable<ScriptStatement> statements)
        => statements.Where(statement => statement.Shape.Words is ["ALTER", "TABLE", ..]).SelectMany(statement => Of(statement.Sql));

    private static IEnumerable<DroppedColumn> Of(string sql)
    {
        var tokens = SqlScanner.Significant(sql).Select(token => token.In(sql).ToString()).ToList();
        var next = SkipWords(tokens, 2, "IF", "EXISTS", "ONLY");
        if (next >= tokens.Count)
        {
            yield break;
        }

        var table = tokens[next];
        while (next + 2 < tokens.Count && tokens[next + 1] == ".")
        {
            table += "." + tokens[next + 2];
            next += 2;
        }

        for (var index = next + 1; index < tokens.Count - 1; index++)
        {
            var begins = index == next + 1 || tokens[index - 1] is "," or "*";
            if (begins
                && Is(tokens[index], "DROP")
                && !Is(tokens[index + 1], "CONSTRAINT")
                && !Is(tokens[index + 1], "DEFAULT")
                && !Is(tokens[index + 1], "NOT"))
            {
                var name = SkipWords(tokens, index + 1, "COLUMN", "IF", "EXISTS");
                if (name < tokens.Count && tokens[name] is not (";" or "," or "IDENTITY" or "EXPRESSION"))
                {
                    yield return new DroppedColumn(table, tokens[name]);
                }
            }
        }
    }

    private static int SkipWords(List<string> tokens, int index, params string[] words)
    {
        while (index < tokens.Count && words.Any(word => Is(tokens[index], word)))
        {
            index++;
        }

        return index;
    }

    private static bool Is(string token, string word) => token.Equals(word, StringComparison.OrdinalIgnoreCase);
}
