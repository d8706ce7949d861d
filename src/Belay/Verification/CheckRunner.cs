using Belay.Postgres;
using Npgsql;

namespace Belay.Verification;

/// <summary>Runs checks on an open connection and sets what they return against what they must return.</summary>
/// <remarks>
/// Each check runs read-only under a savepoint that is rolled back, so that a failing query spoils neither the next one nor the migration
/// in whose transaction it runs, and a check can change nothing. One from which row level security would hide rows fails: it would pass for
/// what it does not see. Outside a transaction the runner opens a read-only one for all checks.
/// </remarks>
internal static class CheckRunner
{
    /// <summary>The longest run of one check. The value is 60 seconds.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    private const int RowsKept = 100;

    /// <summary>Runs the checks in order, each for at most <see cref="DefaultTimeout"/>.</summary>
    /// <param name="connection">An open connection; its transaction, if any, goes on as it was.</param>
    /// <exception cref="NpgsqlException">The connection broke.</exception>
    public static Task<VerificationReport> RunAsync(
        NpgsqlConnection connection, IReadOnlyList<Check> checks, CancellationToken cancellationToken)
        => RunAsync(connection, checks, DefaultTimeout, cancellationToken);

    /// <summary>Runs the checks in order.</summary>
    /// <param name="connection">An open connection; its transaction, if any, goes on as it was.</param>
    /// <param name="timeout">The longest run of one check.</param>
    /// <exception cref="NpgsqlException">The connection broke.</exception>
    public static async Task<VerificationReport> RunAsync(
        NpgsqlConnection connection, IReadOnlyList<Check> checks, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checks);
        if (await IsInTransactionAsync(connection, cancellationToken))
        {
            return new VerificationReport(await RunAllAsync(connection, checks, timeout, cancellationToken));
        }

        await connection.ExecuteAsync("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", cancellationToken);
        try
        {
            return new VerificationReport(await RunAllAsync(connection, checks, timeout, cancellationToken));
        }
        finally
        {
            await EndAsync(connection);
        }
    }

    private static async Task<IReadOnlyList<CheckResult>> RunAllAsync(
        NpgsqlConnection connection, IReadOnlyList<Check> checks, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        foreach (var check in checks)
        {
            await connection.ExecuteAsync("SAVEPOINT belay_check", cancellationToken);
            try
            {
                results.Add(await RunOneAsync(connection, check, timeout, cancellationToken));
            }
            catch (PostgresException exception) when (exception.InvariantSeverity == "ERROR" && !cancellationToken.IsCancellationRequested)
            {
                results.Add(new CheckResult(check, [], [], 0, [Explain(exception)]) { SqlState = exception.SqlState });
            }

            await connection.ExecuteAsync("ROLLBACK TO SAVEPOINT belay_check; RELEASE SAVEPOINT belay_check", cancellationToken);
        }

        return results;
    }

    private static async Task<CheckResult> RunOneAsync(
        NpgsqlConnection connection, Check check, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            "SET LOCAL transaction_read_only = on; SET LOCAL row_security = off; "
                + $"SET LOCAL statement_timeout = {(long)timeout.TotalMilliseconds}",
            cancellationToken);
        await using var command = connection.WholeStatement(check.Sql);
        command.AllResultTypesAreUnknown = true;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var rows = new List<IReadOnlyList<string>>();
        var kept = Math.Max(RowsKept, check.Expected?.Count ?? 0);
        long count = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (++count <= kept)
            {
                rows.Add([.. columns.Select((_, index) => CellText.Of(reader.IsDBNull(index) ? null : reader.GetString(index)))]);
            }
        }

        return new CheckResult(check, columns, rows, count, check.Kind.Differences(columns, rows, count));
    }

    /// <summary>Npgsql does not tell of a transaction that was begun by SQL, but the server refuses a savepoint outside one.</summary>
    private static async Task<bool> IsInTransactionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.ExecuteAsync("SAVEPOINT belay_check", cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.NoActiveSqlTransaction)
        {
            return false;
        }

        await connection.ExecuteAsync("RELEASE SAVEPOINT belay_check", cancellationToken);
        return true;
    }

    /// <summary>The transaction read only, so that its end says nothing about the checks; a broken
    /// connection has ended it already.</summary>
    private static async Task EndAsync(NpgsqlConnection connection)
    {
        if (connection.State == System.Data.ConnectionState.Open)
        {
            await connection.ExecuteAsync("ROLLBACK", CancellationToken.None);
        }
    }

    private static string Explain(PostgresException exception)
        => $"{exception.SqlState}: {exception.MessageText}" + (exception.Hint is { Length: > 0 } hint ? $" ({hint})" : "");
}
