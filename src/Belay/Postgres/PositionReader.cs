using System.Data;
using Npgsql;

namespace Belay.Postgres;

/// <summary>Reads which running server a connection is on. To be called outside a transaction: what a
/// server does not tell fails its query.</summary>
internal static class PositionReader
{
    private const string Server = """
        SELECT coalesce(host(inet_server_addr()), 'socket') || ':' || coalesce(inet_server_port()::text, current_setting('port')),
               pg_postmaster_start_time(), pg_is_in_recovery()
        """;

    /// <summary>Reads the server's address, its start, its timeline and the end of its log. Timeline and
    /// log are null where the server refuses them.</summary>
    /// <param name="connection">An open connection outside a transaction.</param>
    public static async Task<ServerPosition> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var (address, started, isStandby) = await ServerAsync(connection, cancellationToken);
        var isOld = connection.PostgreSqlVersion.Major < 10;
        var lsn = (isStandby, isOld) switch
        {
            (false, false) => "pg_current_wal_lsn()",
            (false, true) => "pg_current_xlog_location()",
            (true, false) => "pg_last_wal_replay_lsn()",
            (true, true) => "pg_last_xlog_replay_location()",
        };

        // The name of a file of the log begins with the timeline; the last checkpoint's is behind after a promotion,
        // but all that a standby tells.
        var timeline = isStandby
            ? "timeline_id FROM pg_catalog.pg_control_checkpoint()"
            : $"('x' || left({(isOld ? "pg_xlogfile_name" : "pg_walfile_name")}({lsn}), 8))::bit(32)::int";
        return new ServerPosition(
            new ServerOrigin(address, started, (int?)await AskAsync(connection, $"SELECT {timeline}", cancellationToken)),
            (string?)await AskAsync(connection, $"SELECT {lsn}::text", cancellationToken));
    }

    private static async Task<(string Address, DateTimeOffset Started, bool IsStandby)> ServerAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
        => (await connection.RowsAsync(
            Server,
            reader => (reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetBoolean(2)),
            cancellationToken)).Single();

    /// <summary>Services that keep the log elsewhere refuse these functions; so may an administrator.</summary>
    private static async Task<object?> AskAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.ScalarAsync(sql, cancellationToken);
        }
        catch (PostgresException) when (connection.State == ConnectionState.Open)
        {
            return null;
        }
    }
}
