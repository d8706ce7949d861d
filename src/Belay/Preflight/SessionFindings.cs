using System.Globalization;
using Belay.Migrations;
using Belay.Postgres;
using Npgsql;

namespace Belay.Preflight;

/// <summary>Other sessions that would make a migration wait, or wait behind it.</summary>
internal static class SessionFindings
{
    private const string Runners = """
        SELECT a.pid, coalesce(nullif(a.application_name, ''), 'without a name'), a.usename::text, a.backend_start
        FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND a.pid <> pg_backend_pid()
          AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
          AND l.classid::bigint = $1 >> 32 AND l.objid::bigint = $1 & 4294967295
        """;

    private const string OldTransactions = """
        SELECT pid, coalesce(nullif(application_name, ''), 'without a name'), coalesce(usename::text, '-'), coalesce(state, 'active'),
               extract(epoch FROM clock_timestamp() - xact_start)::float8, query LIKE 'autovacuum:%(to prevent wraparound)'
        FROM pg_catalog.pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name NOT LIKE 'belay %'
          AND ((xact_start < clock_timestamp() - make_interval(secs => $1) AND query NOT LIKE 'autovacuum:%') OR query LIKE 'autovacuum:%(to prevent wraparound)')
        ORDER BY xact_start
        """;

    private const string Dumps = """
        SELECT pid, application_name, coalesce(usename::text, '-')
        FROM pg_catalog.pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name IN ('pg_dump', 'pg_dumpall', 'pg_basebackup')
        ORDER BY pid
        """;

    private const string Prepared = """
        SELECT gid, owner::text, extract(epoch FROM clock_timestamp() - prepared)::float8
        FROM pg_catalog.pg_prepared_xacts WHERE database = current_database() ORDER BY prepared
        """;

    /// <summary>To a role that may not see them, sessions show neither state nor transaction.</summary>
    private const string Hidden = """
        SELECT count(*) FROM pg_catalog.pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND query = '<insufficient privilege>'
        """;

    /// <summary>The findings, all warnings or notes: what other sessions do now is over when the migration starts,
    /// or the runner copes.</summary>
    /// <param name="oldAge">How long a transaction must have been open to be worth a warning.</param>
    public static async Task<IReadOnlyList<Finding>> ReadAsync(
        NpgsqlConnection connection, TimeSpan oldAge, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        findings.AddRange(await connection.RowsAsync(new SqlQuery(Runners, MigrationLock.Key), Runner, cancellationToken));
        findings.AddRange(
            await connection.RowsAsync(new SqlQuery(OldTransactions, oldAge.TotalSeconds), OldTransaction, cancellationToken));
        findings.AddRange(await connection.RowsAsync(Dumps, Dump, cancellationToken));
        findings.AddRange(await connection.RowsAsync(Prepared, PreparedTransaction, cancellationToken));
        findings.AddRange(await connection.RowsAsync(Hidden, HiddenSessions, cancellationToken));
        return [.. findings.Where(finding => finding.Message.Length > 0)];
    }

    private static Finding Runner(NpgsqlDataReader row) => Warning(
        $"Another runner holds the migration lock: pid {row.GetInt32(0)}, {row.GetString(1)}, role {row.GetString(2)}"
            + (row.IsDBNull(3) ? "" : $", connected since {Quantity.Utc(new DateTimeOffset(row.GetDateTime(3)))}"),
        "Migrate waits for it as long as --runner-wait says");

    private static Finding OldTransaction(NpgsqlDataReader row)
    {
        var who = $"pid {row.GetInt32(0)}, {row.GetString(1)}, role {row.GetString(2)}";
        return row.GetBoolean(5)
            ? Warning(
                $"A vacuum that prevents wraparound is running ({who}): it does not give way to a migration",
                "let it finish, or migrate other tables only")
            : Warning(
                $"A transaction has been open for {Age(row.GetDouble(4))} ({who}, {row.GetString(3)}): its locks can make the migration "
                    + "wait",
                $"let it finish, or SELECT pg_terminate_backend({row.GetInt32(0)})");
    }

    private static Finding Dump(NpgsqlDataReader row) => Warning(
        $"{row.GetString(1)} is running (pid {row.GetInt32(0)}, role {row.GetString(2)}): its locks make a migration of the same tables "
            + "wait",
        "let it finish");

    private static Finding PreparedTransaction(NpgsqlDataReader row) => Warning(
        $"The prepared transaction '{row.GetString(0)}' of {row.GetString(1)} has been waiting for {Age(row.GetDouble(2))}: it keeps its "
            + "locks until someone ends it",
        string.Create(CultureInfo.InvariantCulture, $"COMMIT PREPARED '{row.GetString(0)}' or ROLLBACK PREPARED '{row.GetString(0)}'"));

    private static Finding HiddenSessions(NpgsqlDataReader row) => row.GetInt64(0) == 0
        ? new Finding(FindingSeverity.Information, "")
        : new Finding(
            FindingSeverity.Information,
            $"What {Quantity.Count(row.GetInt64(0), "other session")} may be doing is hidden from this role",
            "GRANT pg_read_all_stats to it to see old transactions");

    private static string Age(double seconds) => Quantity.Duration(TimeSpan.FromSeconds(seconds));

    private static Finding Warning(string message, string hint) => new(FindingSeverity.Warning, message, hint);
}
