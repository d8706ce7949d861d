using Belay.Postgres;
using Belay.Sql;

namespace Belay.Migrations;

/// <summary>How a migration's transaction begins.</summary>
internal static class TransactionLimits
{
    /// <summary>The statements that limit waits and runs until the transaction's end.</summary>
    public static string Of(TimeSpan lockTimeout, TimeSpan statementTimeout)
        => string.Join("; ", Each(lockTimeout, statementTimeout));

    /// <summary>These statements one by one.</summary>
    public static IReadOnlyList<string> Each(TimeSpan lockTimeout, TimeSpan statementTimeout) =>
    [
        $"SET LOCAL lock_timeout = {(long)lockTimeout.TotalMilliseconds}",
        $"SET LOCAL statement_timeout = {(long)statementTimeout.TotalMilliseconds}",
    ];

    /// <summary>The same as a query.</summary>
    public static SqlQuery Query(TimeSpan lockTimeout, TimeSpan statementTimeout) => new(
        "SELECT pg_catalog.set_config('lock_timeout', $1, true), pg_catalog.set_config('statement_timeout', $2, true)",
        $"{(long)lockTimeout.TotalMilliseconds}",
        $"{(long)statementTimeout.TotalMilliseconds}");

    /// <summary>Limits the wait again behind a statement that has set another limit, as the head of what pg_dump writes does: a shorter one
    /// stays, none at all would let everybody queue behind the migration.</summary>
    /// <param name="wait">The limit of this attempt, and the longest that there may be.</param>
    public static Task KeepAsync(
        MigrationSession session, ScriptStatement statement, (TimeSpan Limit, TimeSpan Longest) wait, CancellationToken cancellationToken)
        => statement.Shape.Words is ["RESET", "ALL"] || statement.Sql.Contains("lock_timeout", StringComparison.OrdinalIgnoreCase)
            ? session.ExecuteAsync(
                $"""
                SELECT pg_catalog.set_config('lock_timeout', '{(long)wait.Limit.TotalMilliseconds}', true)
                FROM (SELECT pg_catalog.current_setting('lock_timeout')::interval) AS script (wait)
                WHERE wait = '0' OR wait > '{(long)wait.Longest.TotalMilliseconds} ms'
                """,
                cancellationToken)
            : Task.CompletedTask;

    /// <summary>SET TRANSACTION must come before any query, so also before the one for the transaction's number.</summary>
    public static bool SetsModes(ScriptStatement statement) => statement.Shape.Words is ["SET", "TRANSACTION", ..];
}
