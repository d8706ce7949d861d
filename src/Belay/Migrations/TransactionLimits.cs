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

    /// <summary>SET TRANSACTION must come before any query, so also before the one for the transaction's number.</summary>
    public static bool SetsModes(ScriptStatement statement) => statement.Shape.Words is ["SET", "TRANSACTION", ..];
}
