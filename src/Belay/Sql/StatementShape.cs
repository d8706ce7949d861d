using System.Text.RegularExpressions;

namespace Belay.Sql;

/// <summary>What the runner has to know of a statement, from its first words alone.</summary>
internal sealed partial record StatementShape
{
    private const int WordsRead = 64;

    /// <summary>Its first words in upper case; quoted identifiers and strings are left out.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>What it does to a transaction.</summary>
    public TransactionWord Transaction { get; init; }

    /// <summary>The command that no transaction may contain, for example <c>CREATE INDEX CONCURRENTLY</c>; null for others.</summary>
    public string? OutsideOnly { get; init; }

    /// <summary>Whether it can do to a session only what the server tells afterwards. SELECT, DO and CALL run functions that may do
    /// anything, LOAD a library, DEALLOCATE and DISCARD take away what is prepared, and of settings with a dot in their names, which SET
    /// may make, the server has no list.</summary>
    public bool IsPlain => Words is ["WITH", ..] ? ChangesRowsBehindWith : Words is [
        "ALTER" or "ANALYZE" or "COMMENT" or "COPY" or "CREATE" or "DELETE" or "DROP" or "GRANT" or "INSERT" or "REFRESH" or "REVOKE"
            or "TRUNCATE" or "UPDATE",
        ..];

    /// <summary>Whether it begins with WITH and is an INSERT, UPDATE or DELETE.</summary>
    public bool ChangesRowsBehindWith { get; init; }

    /// <summary>Whether it may commit by itself when it runs outside a transaction: <c>CALL</c> and <c>DO</c>.</summary>
    public bool MayCommit => Words is ["CALL" or "DO", ..];

    /// <summary>The oldest server that has the command; 0 for those that every server has.</summary>
    public int LeastServer => OutsideOnly switch { "REINDEX CONCURRENTLY" => 12, "DETACH PARTITION CONCURRENTLY" => 14, _ => 0 };

    /// <summary>Whether it adds a value to an enum.</summary>
    public bool AddsEnumValue => Words is ["ALTER", "TYPE", ..] && Follows("ADD", "VALUE");

    /// <summary>Whether no transaction of this server may contain it: before PostgreSQL 12 also a new value of an enum.</summary>
    public bool MustRunOutside(int serverMajor) => OutsideOnly is not null || (AddsEnumValue && serverMajor < 12);

    /// <summary>Whether it runs on its own when the file runs outside a transaction.</summary>
    public bool RunsAloneOn(int serverMajor) => MayCommit || MustRunOutside(serverMajor);

    /// <summary>Whether it sends rows to the client, who has no place for them.</summary>
    public bool CopiesToClient => Words is ["COPY", ..] && Follows("TO", "STDOUT");

    /// <summary>Whether it wants binary data from the client: what stands in a script is text.</summary>
    public bool CopiesBinary { get; init; }

    /// <summary>Whether it sets another encoding than UTF8, in which every script is sent, or none at all.</summary>
    public bool SetsOtherEncoding { get; init; }

    /// <summary>Whether it waits for old transactions, and so needs a longer limit for locks.</summary>
    public bool IsConcurrent => OutsideOnly is not null && Words.Contains("CONCURRENTLY");

    /// <summary>The first words as people name the statement: <c>CREATE INDEX CONCURRENTLY</c>.</summary>
    public string Title => OutsideOnly ?? string.Join(' ', Words.Take(2));

    /// <summary>Reads a statement's first words.</summary>
    /// <param name="sql">The statement, without blanks before it.</param>
    public static StatementShape Of(string sql)
    {
        var words = SqlScanner.Significant(sql)
            .Take(WordsRead * 2)
            .Where(token => token.Kind == SqlTokenKind.Word)
            .Take(WordsRead)
            .Select(token => token.In(sql).ToString().ToUpperInvariant())
            .ToArray();
        return new StatementShape
        {
            Words = words,
            Transaction = TransactionOf(words),
            OutsideOnly = OutsideOnlyOf(words),
            ChangesRowsBehindWith = words is ["WITH", ..] && BehindWith(sql) is "INSERT" or "UPDATE" or "DELETE",
            CopiesBinary = IsBinary(sql, words),
            SetsOtherEncoding = words is ["SET", ..] && OtherEncoding().IsMatch(sql),
        };
    }

    /// <summary>The word of the statement that its WITH is for: the first behind a parenthesis on the outermost level that does not go on
    /// with the WITH, as AS behind names of columns does.</summary>
    private static string? BehindWith(string sql)
    {
        var (depth, isBehind) = (0, false);
        foreach (var token in SqlScanner.Significant(sql))
        {
            var text = token.In(sql);
            depth += token.Kind != SqlTokenKind.Symbol ? 0 : text is "(" ? 1 : text is ")" ? -1 : 0;
            if (isBehind && depth == 0 && token.Kind == SqlTokenKind.Word && !text.Equals("AS", StringComparison.OrdinalIgnoreCase))
            {
                return text.ToString().ToUpperInvariant();
            }

            isBehind = token.Kind == SqlTokenKind.Symbol && text is ")";
        }

        return null;
    }

    /// <summary><c>FORMAT binary</c>, with or without quotes, or the form of before PostgreSQL 9; a column may have that name.</summary>
    private static bool IsBinary(string sql, string[] words) => words is ["COPY", ..] && BinaryFormat().IsMatch(sql);

    [GeneratedRegex(
        @"^COPY\s+BINARY\s+(?!FROM\b|\().*\bFROM\s+STDIN\b|\bFROM\s+STDIN\b.*\bFORMAT\s+'?BINARY\b|\bFROM\s+STDIN\s+(WITH\s+)?BINARY\b",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex BinaryFormat();

    [GeneratedRegex(
        @"^SET\s+((SESSION|LOCAL)\s+)?(NAMES|CLIENT_ENCODING\s*(=|\bTO\b))\s*(?!['""]?(UTF[-_]?8|UNICODE|SQL[-_]?ASCII|DEFAULT)\b)\S",
        RegexOptions.IgnoreCase)]
    private static partial Regex OtherEncoding();

    private static TransactionWord TransactionOf(string[] words) => words switch
    {
        ["BEGIN", ..] or ["START", "TRANSACTION", ..] => TransactionWord.Begin,
        ["COMMIT" or "ROLLBACK", "PREPARED", ..] or ["PREPARE", "TRANSACTION", ..] => TransactionWord.Other,
        ["COMMIT" or "END", ..] => words.Contains("CHAIN") && !words.Contains("NO") ? TransactionWord.Other : TransactionWord.Commit,
        ["ROLLBACK", "TO", ..] or ["ROLLBACK", "WORK" or "TRANSACTION", "TO", ..] => TransactionWord.None,
        ["ROLLBACK" or "ABORT", ..] => TransactionWord.Other,
        _ => TransactionWord.None,
    };

    private static string? OutsideOnlyOf(string[] words) => words switch
    {
        ["CREATE", "INDEX", "CONCURRENTLY", ..] or ["CREATE", "UNIQUE", "INDEX", "CONCURRENTLY", ..] => "CREATE INDEX CONCURRENTLY",
        ["DROP", "INDEX", "CONCURRENTLY", ..] => "DROP INDEX CONCURRENTLY",
        ["REINDEX", ..] when words.Contains("CONCURRENTLY") => "REINDEX CONCURRENTLY",
        ["REINDEX", "DATABASE" or "SYSTEM" or "SCHEMA", ..] => $"REINDEX {words[1]}",
        ["REINDEX", "VERBOSE", "DATABASE" or "SYSTEM" or "SCHEMA", ..] => $"REINDEX {words[2]}",
        ["DISCARD", "ALL"] => "DISCARD ALL",
        ["ALTER", "TABLE", ..] when words.Contains("DETACH") && words.Contains("CONCURRENTLY") => "DETACH PARTITION CONCURRENTLY",
        ["VACUUM", ..] => "VACUUM",
        ["CLUSTER"] => "CLUSTER",
        ["CREATE" or "DROP", "DATABASE" or "TABLESPACE", ..] => $"{words[0]} {words[1]}",
        ["ALTER", "SYSTEM", ..] => "ALTER SYSTEM",
        ["ALTER", "DATABASE", ..]
            when words is [.., "SET", "TABLESPACE"] or [.., "SET", "TABLESPACE", _] => "ALTER DATABASE SET TABLESPACE",
        _ => null,
    };

    private bool Follows(string first, string second)
        => Words.Zip(Words.Skip(1)).Any(pair => pair.First == first && pair.Second == second);
}
