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

    /// <summary>Limits wait and run again behind a statement that has set other limits, as the head of what pg_dump writes does: a shorter
    /// one stays, none at all would let everybody queue behind the migration, or let it run for ever.</summary>
    /// <param name="limits">The wait of this attempt, the longest wait and the longest run that there may be.</param>
    public static Task KeepAsync(
        MigrationSession session,
        ScriptStatement statement,
        (TimeSpan Wait, TimeSpan LongestWait, TimeSpan Run) limits,
        CancellationToken cancellationToken)
        => MaySet(statement, "lock_timeout") || MaySet(statement, "statement_timeout")
            ? session.ExecuteAsync(
                $"{Shorter("lock_timeout", limits.Wait, limits.LongestWait, isLocal: true)}; "
                    + Shorter("statement_timeout", limits.Run, limits.Run, isLocal: true),
                cancellationToken)
            : Task.CompletedTask;

    /// <summary>The same for the runs of statements that belong to no transaction.</summary>
    public static Task KeepRunAsync(
        MigrationSession session, ScriptStatement statement, TimeSpan longest, CancellationToken cancellationToken)
        => MaySet(statement, "statement_timeout")
            ? session.ExecuteAsync(Shorter("statement_timeout", longest, longest, isLocal: false), cancellationToken)
            : Task.CompletedTask;

    /// <summary>The question that sets a limit where none is set, or a longer one than there may be.</summary>
    public static string Shorter(string name, TimeSpan limit, TimeSpan longest, bool isLocal) => $"""
        SELECT pg_catalog.set_config('{name}', '{(long)limit.TotalMilliseconds}', {(isLocal ? "true" : "false")})
        FROM (SELECT pg_catalog.current_setting('{name}')::interval) AS script (set)
        WHERE set = '0' OR set > '{(long)longest.TotalMilliseconds} ms'
        """;

    private static bool MaySet(ScriptStatement statement, string name)
        => statement.Shape.Words is ["RESET", "ALL"] || statement.Sql.Contains(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>SET TRANSACTION must come before any query, so also before the one for the transaction's number.</summary>
    public static bool SetsModes(ScriptStatement statement) => statement.Shape.Words is ["SET", "TRANSACTION", ..];
}
