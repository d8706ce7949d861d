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

    /// <summary>Whether sessions like this one count the rows that they read, insert, update and delete.</summary>
    public static async Task<bool> CountsRowsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        return await connection.ScalarAsync("SELECT pg_catalog.current_setting('track_counts')", cancellationToken) is "on";
    }

    /// <summary>The write-ahead log so far, in bytes since its beginning.</summary>
    public static async Task<long> WalAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => (long)(await connection.ScalarAsync(
            "SELECT pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0')::bigint", cancellationToken))!;

    /// <summary>The bytes of the database's files, those included that go with the end of the transaction.</summary>
    public static async Task<long> DiskAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => (long)(await connection.ScalarAsync(
            "SELECT pg_catalog.pg_database_size(pg_catalog.current_database())", cancellationToken))!;

    /// <summary>The number of the session's process, of the server itself: a pooler tells its clients one of its own making.</summary>
    public static async Task<int> ProcessIdAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => (int)(await connection.ScalarAsync("SELECT pg_catalog.pg_backend_pid()", cancellationToken))!;

    /// <summary>The locks that the connection's own session holds, by relation and mode.</summary>
    public static Task<List<(uint Relation, string Mode)>> LocksAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => connection.RowsAsync(
            $"{Locks} pg_catalog.pg_backend_pid()", row => (row.GetFieldValue<uint>(0), row.GetString(1)), cancellationToken);

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

    /// <summary>What the transaction has done to tables so far, by table.</summary>
    public static async Task<Dictionary<uint, TableActivity>> ActivityAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
        => (await connection.RowsAsync(
            """
            SELECT relid, seq_scan + coalesce(idx_scan, 0), seq_tup_read, n_tup_ins, n_tup_upd, n_tup_del
            FROM pg_catalog.pg_stat_xact_user_tables
            WHERE seq_scan + coalesce(idx_scan, 0) + n_tup_ins + n_tup_upd + n_tup_del > 0
            """,
            row => KeyValuePair.Create(
                row.GetFieldValue<uint>(0),
                new TableActivity(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5))),
            cancellationToken)).ToDictionary();

    /// <summary>Which of some tables have no page, as the transaction sees them.</summary>
    /// <param name="tables">At least one; the transaction has a lock on each.</param>
    public static async Task<HashSet<uint>> EmptyAsync(
        NpgsqlConnection connection, IReadOnlyList<uint> tables, CancellationToken cancellationToken)
        => [.. await connection.RowsAsync(
            "SELECT oid FROM pg_catalog.pg_class WHERE pg_catalog.pg_relation_size(oid) = 0 "
                + $"AND oid IN ({string.Join(", ", tables)})",
            row => row.GetFieldValue<uint>(0),
            cancellationToken)];

    /// <summary>Which of some qualified names are those of relations.</summary>
    public static Task<List<string>> ExistingAsync(NpgsqlConnection connection, string[] names, CancellationToken cancellationToken)
        => connection.RowsAsync(
            new SqlQuery("SELECT name FROM pg_catalog.unnest($1::text[]) name WHERE pg_catalog.to_regclass(name) IS NOT NULL", [names]),
            row => row.GetString(0),
            cancellationToken);
}
