using Belay.Postgres;
using Npgsql;

namespace Belay.Backups.Taking;

/// <summary>Ends what a killed pg_dump left on the server: a session that waits for a lock does not
/// notice that its client is gone.</summary>
internal static class DumpSessions
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private const string Terminate = """
        SELECT count(pg_terminate_backend(pid)) FROM pg_catalog.pg_stat_activity
        WHERE application_name = $1 AND usename = current_user AND pid <> pg_backend_pid()
        """;

    /// <summary>Ends the sessions of this name and waits until none is left. A server that cannot be reached is a warning: the fault that
    /// led here matters more.</summary>
    public static async Task EndAsync(
        DatabaseConnector connector, string applicationName, (IReleaseOutput Output, TimeProvider TimeProvider) surroundings)
    {
        using var limit = new CancellationTokenSource(Limit, surroundings.TimeProvider);
        try
        {
            await using var connection = await connector.OpenAsync("backup clean-up", limit.Token);

            // The limit, which began before the connection, ends this before its patience does.
            await new Polling(surroundings.TimeProvider) { Pause = Pause, Patience = Limit }.UntilAsync(
                async () => await connection.ScalarAsync(Terminate, [applicationName], limit.Token) is 0L, limit.Token);
        }
        catch (Exception exception) when (exception is BelayException or NpgsqlException or OperationCanceledException)
        {
            surroundings.Output.Warn(
                $"A session '{applicationName}' of pg_dump may still be on {connector.Target.DisplayName}: {exception.Message}");
        }
    }
}
