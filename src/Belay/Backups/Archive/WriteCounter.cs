using Belay.Postgres;
using Npgsql;

namespace Belay.Backups.Archive;

/// <summary>Reads what the server counts of writes. It lags a little behind, and forgets all after a crash.</summary>
internal static class WriteCounter
{
    private const string Reset = """
        SELECT pg_catalog.current_setting('track_counts')::boolean, stats_reset
        FROM pg_catalog.pg_stat_database WHERE datname = pg_catalog.current_database()
        """;

    private const string Tables = """
        SELECT pg_catalog.quote_ident(schemaname) || '.' || pg_catalog.quote_ident(relname), n_tup_ins + n_tup_upd + n_tup_del
        FROM pg_catalog.pg_stat_user_tables WHERE schemaname <> 'belay' AND n_tup_ins + n_tup_upd + n_tup_del > 0
        """;

    /// <summary>Reads it, outside a transaction.</summary>
    /// <returns>Null when the server does not count, or this role may not see it.</returns>
    public static async Task<CountedWrites?> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            var found = await connection.RowsAsync(
                Reset,
                row => (
                    Counts: row.GetBoolean(0), ResetUtc: row.IsDBNull(1) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(1)),
                cancellationToken);
            return found is [{ Counts: true, ResetUtc: var reset }]
                ? new CountedWrites(
                    reset,
                    (await connection.RowsAsync(
                        Tables, row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1)), cancellationToken))
                        .ToDictionary(StringComparer.Ordinal))
                : null;
        }
        catch (PostgresException)
        {
            return null;
        }
    }
}
