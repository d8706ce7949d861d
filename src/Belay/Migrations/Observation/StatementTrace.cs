using Belay.Postgres;
using Npgsql;

namespace Belay.Migrations.Observation;

/// <summary>Asks the session of a statement what the statement has done, in its transaction.</summary>
internal static class StatementTrace
{
    private const string Locks = """
        SELECT l.relation, l.mode FROM pg_catalog.pg_locks l
        WHERE l.locktype = 'relation' AND l.granted AND l.relation >= 16384 AND l.pid =
        """;

    /// <summary>Whether this server tells where its log is. Services that keep it elsewhere refuse the function, which would spoil the
    /// statement's transaction.</summary>
    /// <param name="connection">A connection outside a transaction.</param>
    public static async Task<bool> TellsWalAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await WalAsync(connection, cancellationToken) > 0;
        }
        catch (PostgresException)
        {
            return false;
        }
    }

    /// <summary>The write-ahead log so far, in bytes since its beginning.</summary>
    public static async Task<long> WalAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => (long)(await connection.ScalarAsync(
            "SELECT pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0')::bigint", cancellationToken))!;

    /// <summary>The locks that a session holds, by relation and mode.</summary>
    public static Task<List<(uint Relation, string Mode)>> LocksAsync(
        NpgsqlConnection connection, int processId, CancellationToken cancellationToken)
        => connection.RowsAsync($"{Locks} {processId}", row => (row.GetFieldValue<uint>(0), row.GetString(1)), cancellationToken);

    /// <summary>The numbers of the files of tables, as the transaction sees them.</summary>
    public static Task<List<(uint Relation, uint FileNode)>> FileNodesAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
        => connection.RowsAsync(
            "SELECT oid, relfilenode FROM pg_catalog.pg_class WHERE oid >= 16384 AND relkind IN ('r', 'm')",
            row => (row.GetFieldValue<uint>(0), row.GetFieldValue<uint>(1)),
            cancellationToken);

    /// <summary>The rows that the transaction has read from first to last so far, by table.</summary>
    public static Task<List<(uint Relation, long Rows)>> ScansAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => connection.RowsAsync(
            "SELECT relid, seq_tup_read FROM pg_catalog.pg_stat_xact_user_tables WHERE seq_tup_read > 0",
            row => (row.GetFieldValue<uint>(0), row.GetInt64(1)),
            cancellationToken);
}
