using Belay.Postgres;
using Npgsql;

namespace Belay.Watching.Activity;

/// <summary>What a server has counted of one database, at one moment.</summary>
/// <param name="Timestamp">When it was read, by this machine's steady clock.</param>
/// <param name="CountedFrom">When the server last began to count anew; null when it does not say.</param>
/// <param name="ServerStarted">When the server started.</param>
internal sealed record ActivitySample(
    long Timestamp, long Commits, long Rollbacks, long Deadlocks, long Conflicts, DateTime? CountedFrom, DateTime ServerStarted)
{
    private const string Sql = """
        SELECT xact_commit, xact_rollback, deadlocks, conflicts, stats_reset, pg_catalog.pg_postmaster_start_time()
        FROM pg_catalog.pg_stat_database WHERE datname = pg_catalog.current_database()
        """;

    /// <summary>Reads one.</summary>
    public static async Task<ActivitySample> ReadAsync(
        NpgsqlConnection connection, TimeProvider timeProvider, CancellationToken cancellationToken)
        => (await connection.RowsAsync(
            Sql,
            row => new ActivitySample(
                timeProvider.GetTimestamp(),
                row.GetInt64(0),
                row.GetInt64(1),
                row.GetInt64(2),
                row.GetInt64(3),
                row.IsDBNull(4) ? null : row.GetDateTime(4),
                row.GetDateTime(5)),
            cancellationToken)).Single();
}
