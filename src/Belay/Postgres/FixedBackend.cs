using Npgsql;

namespace Belay.Postgres;

/// <summary>Shows that a connection stays with one server process, which advisory locks and settings need.</summary>
/// <remarks>
/// A pooler in transaction mode hands each transaction any free process. Which one depends on its order: the one used last,
/// so that a client alone gets it back each time, unless another client holds it; or each in turn, so
/// that the next transaction shows it. PgBouncer's documentation, "SQL feature map for pooling modes", lists what is lost. Nothing is set
/// here: a pooler would hand it on to the application.
/// </remarks>
internal static class FixedBackend
{
    /// <summary>What to do about a fault.</summary>
    public const string Hint =
        "put the server's own address and port into DATABASE_URL (often 5432 in place of the pooler's 6432), or use the pooler's session "
            + "mode";

    private const string Purpose = "session check";

    private const int Rounds = 3;

    /// <summary>How long two sessions at once may take to answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>PgBouncer's own errors: the server has none with these words.</summary>
    private static readonly string[] PoolerErrors = ["statement pooling mode", "unsupported startup parameter"];

    /// <summary>The fault when the process changed between transactions, or the pooler itself refused
    /// the session or kept it waiting; null for none.</summary>
    /// <param name="patience">How long two sessions at once may take to answer.</param>
    /// <exception cref="DatabaseUnreachableException">No connection could be opened.</exception>
    public static async Task<string?> FindFaultAsync(
        DatabaseConnector connector, TimeSpan patience, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var (connection, fault) = await OpenAsync(connector, (Purpose, patience), timeProvider, cancellationToken);
        await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        return fault;
    }

    /// <summary>Opens a connection, sets nothing, and shows that it stays with one server process.</summary>
    /// <param name="purpose">The stage, shown as <c>application_name</c> "belay purpose", and how long two sessions at once may take to
    /// answer.</param>
    /// <returns>The connection, or the fault for which there is none.</returns>
    /// <exception cref="DatabaseUnreachableException">No connection could be opened.</exception>
    public static async Task<(NpgsqlConnection? Connection, string? Fault)> OpenAsync(
        DatabaseConnector connector,
        (string Name, TimeSpan Patience) purpose,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        NpgsqlConnection? watched = null;
        try
        {
            watched = await connector.OpenAsItIsAsync(purpose.Name, cancellationToken);
            limit.CancelAfter(purpose.Patience);
            if (!await StaysAsync(watched, connector, either.Token))
            {
                return (
                    null,
                    $"{connector.Target.DisplayName} is a connection pooler that changes the server process between transactions: "
                        + "locks and settings of a release would be lost");
            }

            var shown = watched;
            watched = null;
            return (shown, null);
        }
        // PgBouncer answers the cancellation of a session that still waits for a server process with an error of its own.
        catch (Exception exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested
            && exception is OperationCanceledException or NpgsqlException or DatabaseUnreachableException)
        {
            return (
                null,
                $"{connector.Target.DisplayName} did not serve two sessions at once within {Quantity.Duration(purpose.Patience)}: "
                    + "a connection pooler with too few server processes, or a server without a free connection");
        }
        catch (Exception exception) when (PoolerError(exception) is not null)
        {
            return (
                null,
                $"{connector.Target.DisplayName} is a connection pooler that does not carry the sessions of a release: "
                    + $"{PoolerError(exception)}");
        }
        finally
        {
            await (watched?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private static async Task<bool> StaysAsync(NpgsqlConnection watched, DatabaseConnector connector, CancellationToken cancellationToken)
    {
        var first = await ProcessAsync(watched, cancellationToken);
        await using var rival = await connector.OpenAsItIsAsync(Purpose, cancellationToken);
        for (var round = 0; round < Rounds; round++)
        {
            if (await ProcessAsync(watched, cancellationToken) != first)
            {
                return false;
            }

            // Npgsql's own transaction would roll back when it is disposed, and wait for a server process without an end.
            await rival.ExecuteAsync("BEGIN", cancellationToken);
            var other = await ProcessAsync(rival, cancellationToken);
            if (other == first || await ProcessAsync(watched, cancellationToken) != first)
            {
                return false;
            }

            await rival.ExecuteAsync("ROLLBACK", cancellationToken);
        }

        return true;
    }

    private static async Task<int> ProcessAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        return (int)(await connection.ScalarAsync("SELECT pg_catalog.pg_backend_pid()", cancellationToken))!;
    }

    private static string? PoolerError(Exception exception) => exception switch
    {
        DatabaseUnreachableException { InnerException: { } inner } => PoolerError(inner),
        PostgresException server
            when PoolerErrors.Any(words => server.MessageText.Contains(words, StringComparison.Ordinal)) => server.MessageText,
        _ => null,
    };
}
