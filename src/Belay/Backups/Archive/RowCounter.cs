using Belay.Backups.Catalogue;
using Belay.Postgres;
using Npgsql;

namespace Belay.Backups.Archive;

/// <summary>Counts rows exactly, in the transaction that the connection is in.</summary>
internal static class RowCounter
{
    /// <summary>The planner locks every index of a table that it counts; a transaction that counted
    /// thousands of tables would have no room for more locks, and a server with few of them has room for a transaction's share alone:
    /// a quarter as many tables, since one has indexes.</summary>
    private const string Batch = "SELECT greatest(1, least(50, pg_catalog.current_setting('max_locks_per_transaction')::integer / 4))";

    private const int Attempts = 3;

    private const string Begin = "SAVEPOINT belay_count";

    /// <summary>Gives back the locks that were taken since.</summary>
    private const string End = "ROLLBACK TO SAVEPOINT belay_count; RELEASE SAVEPOINT belay_count";

    /// <summary>Counts table by table. A lock that another session holds for long is tried three times.</summary>
    /// <exception cref="NpgsqlException">One of them cannot be counted.</exception>
    public static async Task<Dictionary<string, long>> CountAsync(
        NpgsqlConnection connection, IEnumerable<BackupTable> tables, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var size = (int)(await connection.ScalarAsync(Batch, cancellationToken))!;
        foreach (var batch in tables.Where(table => table.HasRows).Chunk(size))
        {
            for (var attempt = 1; !await TryAsync(connection, (batch, counts), attempt == Attempts, cancellationToken); attempt++)
            {
            }
        }

        return counts;
    }

    public static Task<List<BackupTable>> TablesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => connection.RowsAsync(
            CatalogueQueries.Tables,
            row => new BackupTable(row.GetFieldValue<uint>(0), row.GetString(1), row.GetBoolean(2)),
            cancellationToken);

    public static async Task<Dictionary<string, long>> SequencesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => connection.PostgreSqlVersion.Major < 10
            ? []
            : (await connection.RowsAsync(
                CatalogueQueries.Sequences, row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1)), cancellationToken))
                    .ToDictionary(StringComparer.Ordinal);

    private static async Task<bool> TryAsync(
        NpgsqlConnection connection,
        (BackupTable[] Tables, Dictionary<string, long> Counts) batch,
        bool isLast,
        CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(Begin, cancellationToken);
        try
        {
            foreach (var table in batch.Tables)
            {
                batch.Counts[table.Name] = (long)(await connection.ScalarAsync(
                    $"SELECT count(*) FROM ONLY {table.Name}", cancellationToken))!;
            }
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable && !isLast)
        {
            await connection.ExecuteAsync(End, cancellationToken);
            return false;
        }

        await connection.ExecuteAsync(End, cancellationToken);
        return true;
    }
}
