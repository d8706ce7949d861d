using Npgsql;

namespace Belay.Recovery.Restoring;

/// <summary>The sessions of other programs in one database.</summary>
internal static class DatabaseSessions
{
    /// <summary>Who is connected, in words, with the number of sessions. A role that may not see more sees the names at least, and that
    /// autovacuum, which goes by itself, is nobody's.</summary>
    private const string Query = """
        SELECT pg_catalog.format('%s as %s: %s', coalesce(nullif(application_name, ''), 'a program without a name'), usename, count(*))
        FROM pg_catalog.pg_stat_activity
        WHERE datname = $1 AND pid <> pg_catalog.pg_backend_pid() AND coalesce(backend_type, 'client backend') = 'client backend'
          AND usesysid IS NOT NULL
          AND application_name <> 'belay restore'
        GROUP BY application_name, usename ORDER BY 1
        """;

    /// <summary>Ends them; no run of Belay, which would be torn out of a migration.</summary>
    private const string End = """
        SELECT count(pg_catalog.pg_terminate_backend(pid))
        FROM pg_catalog.pg_stat_activity
        WHERE datname = $1 AND pid <> pg_catalog.pg_backend_pid() AND coalesce(backend_type, 'client backend') = 'client backend'
          AND usesysid IS NOT NULL
          AND application_name NOT LIKE 'belay %'
        """;

    public static async Task<IReadOnlyList<string>> ReadAsync(
        NpgsqlConnection connection, string database, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, Query, database);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var sessions = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            sessions.Add(reader.GetString(0));
        }

        return sessions;
    }

    public static async Task EndAsync(NpgsqlConnection connection, string database, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, End, database);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, string database)
        => new(sql, connection) { Parameters = { new() { Value = database } } };
}
