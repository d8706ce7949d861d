using Belay.Postgres;
using Npgsql;

namespace Belay.Preflight;

/// <summary>Shows that a connection stays with one server process, which advisory locks and settings need.</summary>
/// <remarks>
/// A pooler in transaction mode hands each transaction any free process. Alone, a client mostly gets the same one back, so a second connection
/// takes that one in between. PgBouncer's
/// documentation, "SQL feature map for pooling modes", lists what is lost.
/// </remarks>
internal static class FixedBackendCheck
{
    private const int Rounds = 3;

    /// <summary>A refusal when the process changed between transactions or a session's setting was lost.</summary>
    /// <param name="connector">Opens two connections.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    public static async Task<IReadOnlyList<Finding>> RunAsync(DatabaseConnector connector, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid().ToString("N");
        await using var watched = await connector.OpenAsync("preflight", cancellationToken);
        await using var rival = await connector.OpenAsync("preflight", cancellationToken);
        var first = await AskAsync(watched, $"SELECT pg_backend_pid()::text || ' ' || set_config('belay.preflight', '{token}', false)", cancellationToken);
        for (var round = 0; round < Rounds; round++)
        {
            await using var held = await rival.BeginTransactionAsync(cancellationToken);
            await AskAsync(rival, "SELECT pg_backend_pid()::text", cancellationToken);
            var next = await AskAsync(watched, "SELECT pg_backend_pid()::text || ' ' || coalesce(current_setting('belay.preflight', true), '')", cancellationToken);
            await held.RollbackAsync(cancellationToken);
            if (next != first)
            {
                return [Moved(connector)];
            }
        }

        return [];
    }

    private static Finding Moved(DatabaseConnector connector) => new(
        FindingSeverity.Refusal,
        $"{connector.Target.DisplayName} is a connection pooler that changes the server process between transactions: locks and settings of a release would be lost",
        "put the server's own address and port into DATABASE_URL (often 5432 in place of the pooler's 6432), or use the pooler's session mode");

    private static async Task<string> AskAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
