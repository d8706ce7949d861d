using Belay.Sql;

namespace Belay.Preflight;

/// <summary>Tells what a statement's words leave open. What is not known to be plain is in doubt.</summary>
internal static class StatementDoubt
{
    private static readonly HashSet<string> Plain =
    [
        "BEGIN",
        "START",
        "COMMIT",
        "END",
        "SAVEPOINT",
        "RELEASE",
        "ROLLBACK",
        "ABORT",
        "DROP",
        "COMMENT",
        "SECURITY",
        "REVOKE",
        "LOCK",
        "ANALYZE",
        "ANALYSE",
        "VACUUM",
        "REINDEX",
        "CLUSTER",
        "CHECKPOINT",
        "REFRESH",
        "NOTIFY",
        "LISTEN",
        "UNLISTEN",
        "SHOW",
        "SET",
        "RESET",
        "CREATE",
        "ALTER",
        "GRANT",
        "SELECT",
        "DO",
    ];

    /// <summary>What makes or renames many things at once, or gives rights that decide what comes after.</summary>
    private static readonly HashSet<string> Sweeping = ["EXTENSION", "EVENT", "ROLE", "USER", "GROUP", "DATABASE", "SYSTEM", "SCHEMA"];

    private static readonly HashSet<string> SessionSettings = ["SEARCH_PATH", "SCHEMA", "ROLE", "SESSION AUTHORIZATION", "ALL"];

    /// <summary>Words before a parenthesis that call nothing, and functions of PostgreSQL that make no relation.</summary>
    private static readonly HashSet<string> Harmless =
    [
        "IN",
        "EXISTS",
        "AND",
        "OR",
        "NOT",
        "WHERE",
        "FROM",
        "SELECT",
        "ON",
        "USING",
        "AS",
        "VALUES",
        "OVER",
        "ANY",
        "ALL",
        "SOME",
        "WHEN",
        "THEN",
        "ELSE",
        "BY",
        "FILTER",
        "JOIN",
        "UNION",
        "EXCEPT",
        "INTERSECT",
        "WITH",
        "DISTINCT",
        "HAVING",
        "LIMIT",
        "OFFSET",
        "CASE",
        "LATERAL",
        "ARRAY",
        "ROW",
        "IF",
        "ELSIF",
        "WHILE",
        "RETURN",
        "INTO",
        "CAST",
        "COUNT",
        "SUM",
        "MIN",
        "MAX",
        "AVG",
        "COALESCE",
        "NULLIF",
        "GREATEST",
        "LEAST",
        "SETVAL",
        "NEXTVAL",
        "CURRVAL",
        "LASTVAL",
        "NOW",
        "VERSION",
        "CURRENT_SETTING",
        "CURRENT_DATABASE",
        "CURRENT_SCHEMA",
        "FORMAT",
        "CONCAT",
        "CONCAT_WS",
        "STRING_AGG",
        "ARRAY_AGG",
        "LOWER",
        "UPPER",
        "LENGTH",
        "TO_CHAR",
        "TO_REGCLASS",
        "TO_REGTYPE",
        "PG_GET_SERIAL_SEQUENCE",
        "PG_SLEEP",
        "PG_TYPEOF",
        "MD5",
        "EXTRACT",
        "DATE_TRUNC",
        "ROUND",
        "QUOTE_IDENT", "QUOTE_LITERAL", "VARCHAR", "CHAR", "CHARACTER", "NUMERIC", "DECIMAL", "TIMESTAMP", "TIMESTAMPTZ", "TIME", "BIT",
    ];

    /// <summary>The doubt that a statement leaves; null when its words say all.</summary>
    public static ScriptDoubt? Of(string sql, IReadOnlyList<SqlToken> tokens, int line)
    {
        var words = tokens.Take(8)
            .TakeWhile(token => token.Kind == SqlTokenKind.Word)
            .Select(token => token.In(sql).ToString().ToUpperInvariant())
            .ToArray();
        return words switch
        {
            [] => null,
            ["SET" or "RESET" or "DISCARD", ..] => Setting(words, line),
            ["CREATE" or "ALTER", ..]
                when Sweeping.Contains(Kind(words)) && words is not (["CREATE", "SCHEMA" or "ROLE" or "USER" or "GROUP", ..])
                => new($"{words[0]} {Kind(words)}", line, Lasts: true),
            ["GRANT", ..] when !tokens.Any(token => token.Is(sql, "ON")) => new("GRANT of a role", line, Lasts: true),
            ["SELECT" or "CREATE", ..]
                when MayCall(sql, words, tokens)
                    && Call(sql, tokens) is { } call => new($"{words[0]} with {call}()", line, call != "set_config"),
            [var first, ..] when !Plain.Contains(first) => new(first, line, Lasts: true),
            _ => null,
        };
    }

    /// <summary>The first function that the tokens call and of which nobody knows what it does; null when there is none.</summary>
    public static string? Call(string sql, IReadOnlyList<SqlToken> tokens)
    {
        for (var index = 0; index + 1 < tokens.Count; index++)
        {
            if (tokens[index + 1].In(sql) is "(" && tokens[index].Kind is SqlTokenKind.Word or SqlTokenKind.QuotedIdentifier
                && !Harmless.Contains(tokens[index].In(sql).ToString().ToUpperInvariant()))
            {
                return WrittenName.Identifier(tokens[index].In(sql));
            }
        }

        return null;
    }

    private static string Kind(string[] words) => words.Length > 1 ? words[1] : "";

    /// <summary>Of CREATE only what runs a query: in other definitions a parenthesis follows names and types.</summary>
    private static bool MayCall(string sql, string[] words, IReadOnlyList<SqlToken> tokens)
        => words[0] == "SELECT"
            || words is ["CREATE", "MATERIALIZED", ..]
            || (words.Contains("TABLE") && tokens.Any(token => token.Is(sql, "SELECT")));

    private static ScriptDoubt? Setting(string[] words, int line)
    {
        var rest = words.Skip(words is [_, "LOCAL" or "SESSION"] or [_, "LOCAL" or "SESSION", not "AUTHORIZATION", ..] ? 2 : 1).ToArray();
        var name = rest is ["SESSION", "AUTHORIZATION", ..] ? "SESSION AUTHORIZATION" : rest.FirstOrDefault() ?? "a setting";
        return words[0] == "DISCARD" || rest.Length == 0 || SessionSettings.Contains(name)
            ? new($"{words[0]} {name}", line, Lasts: false)
            : null;
    }
}
