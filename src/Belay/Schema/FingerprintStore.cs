using Belay.History;
using Belay.Postgres;
using Npgsql;

namespace Belay.Schema;

/// <summary>The table <c>belay.fingerprint</c>. Reading it creates nothing. The newest rows keep their lines, so that a rollback can tell
/// what is not as it was; older ones keep only their hash.</summary>
internal static class FingerprintStore
{
    public static readonly HistoryTable Table = new("fingerprint", """
        CREATE TABLE belay.fingerprint (
            recorded_at timestamptz PRIMARY KEY DEFAULT clock_timestamp(),
            seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            reason text NOT NULL,
            recorded_by text NOT NULL DEFAULT session_user,
            server_major integer NOT NULL,
            format integer NOT NULL,
            sha256 text NOT NULL,
            lines text
        );
        COMMENT ON TABLE belay.fingerprint IS 'The schema as each release left it'
        """);

    /// <summary>How many rows keep their lines beside a new one.</summary>
    private const int Kept = 9;

    private const string Columns =
        "SELECT recorded_at, seen_at, reason, server_major, format, coalesce(lines, '') AS lines, sha256 FROM belay.fingerprint";

    /// <summary>The newest fingerprint; null when none was recorded.</summary>
    /// <exception cref="PostgresException">The role may not read it.</exception>
    public static async Task<StoredFingerprint?> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await HistorySchema.HasRowsAsync(connection, Table, cancellationToken))
        {
            return null;
        }

        var rows = await connection.RowsAsync($"{Columns} ORDER BY recorded_at DESC LIMIT 1", Read, cancellationToken);
        return rows.SingleOrDefault();
    }

    private static StoredFingerprint Read(NpgsqlDataReader reader) => new()
    {
        RecordedUtc = reader.GetFieldValue<DateTimeOffset>(0),
        SeenUtc = reader.GetFieldValue<DateTimeOffset>(1),
        Reason = reader.GetString(2),
        ServerMajor = reader.GetInt32(3),
        Format = reader.GetInt32(4),
        Lines = reader.GetString(5).Split('\n', StringSplitOptions.RemoveEmptyEntries),
        Sha256 = reader.GetString(6),
    };

    /// <summary>The schema as it was before a migration that was just taken back: the last fingerprint before it, when nothing that came
    /// after that one is still in force; else null.</summary>
    /// <param name="connection">An open connection; a transaction on it is used as it is.</param>
    /// <exception cref="PostgresException">The role may not read it.</exception>
    internal static async Task<StoredFingerprint?> ReadBeforeAsync(
        NpgsqlConnection connection, AppliedMigration migration, CancellationToken cancellationToken)
    {
        if (!await HistorySchema.HasRowsAsync(connection, Table, cancellationToken))
        {
            return null;
        }

        List<string> later = ["SELECT FROM belay.migration m WHERE m.applied_at > f.recorded_at"];
        if (await HistorySchema.HasRowsAsync(connection, HistorySchema.Repeatable, cancellationToken))
        {
            later.Add("SELECT FROM belay.repeatable r WHERE r.applied_at > f.recorded_at");
        }

        if (await HistorySchema.HasRowsAsync(connection, HistorySchema.Rollback, cancellationToken))
        {
            later.Add("SELECT FROM belay.rollback b WHERE b.rolled_back_at > f.recorded_at AND b.applied_at < f.recorded_at");
        }

        var last = $"({Columns} WHERE recorded_at < $1 ORDER BY recorded_at DESC LIMIT 1) f";
        var rows = await connection.RowsAsync(
            new SqlQuery(
                $"SELECT * FROM {last} WHERE NOT EXISTS ({string.Join(") AND NOT EXISTS (", later)})", migration.AppliedUtc.UtcDateTime),
            Read,
            cancellationToken);
        return rows.SingleOrDefault();
    }

    /// <summary>When and why the newest fingerprint was recorded; null when none was.</summary>
    /// <exception cref="PostgresException">The role may not read it.</exception>
    internal static async Task<(DateTimeOffset RecordedUtc, string Reason)?> ReadLastAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await HistorySchema.HasRowsAsync(connection, Table, cancellationToken))
        {
            return null;
        }

        var rows = await connection.RowsAsync(
            "SELECT recorded_at, reason FROM belay.fingerprint ORDER BY recorded_at DESC LIMIT 1",
            reader => (reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1)),
            cancellationToken);
        return rows is [var last] ? last : null;
    }

    /// <summary>Records the schema as it is now, after a run that changed it or took it as given. The
    /// schema <c>belay</c> is made when it is missing.</summary>
    /// <param name="connection">An open connection outside a transaction.</param>
    /// <param name="reason">What recorded it: a release, a baseline, an adoption, a repair.</param>
    /// <exception cref="PostgresException">The role may not write it.</exception>
    public static async Task RecordAsync(
        NpgsqlConnection connection, SchemaSnapshot snapshot, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(snapshot);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await InsertAsync(connection, snapshot, reason, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Tries to record a fingerprint and rolls it back.</summary>
    /// <exception cref="PostgresException">The role may not write it.</exception>
    internal static async Task TryAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await InsertAsync(
            connection,
            new SchemaSnapshot { ServerMajor = connection.PostgreSqlVersion.Major, Lines = [], Owned = [] },
            "a trial",
            cancellationToken);
        await transaction.RollbackAsync(cancellationToken);
    }

    private static async Task InsertAsync(
        NpgsqlConnection connection, SchemaSnapshot snapshot, string reason, CancellationToken cancellationToken)
    {
        await HistorySchema.EnsureAsync(connection, [Table], cancellationToken);
        await connection.ExecuteAsync(
            $"""
            WITH older AS (
                UPDATE belay.fingerprint SET lines = NULL
                WHERE lines IS NOT NULL
                    AND recorded_at NOT IN (SELECT recorded_at FROM belay.fingerprint ORDER BY recorded_at DESC LIMIT {Kept}))
            INSERT INTO belay.fingerprint (reason, server_major, format, sha256, lines) VALUES ($1, $2, $3, $4, $5)
            """,
            [
                reason,
                snapshot.ServerMajor,
                SchemaSnapshot.CurrentFormat,
                snapshot.Sha256,
                string.Join('\n', snapshot.Lines),
            ],
            cancellationToken);
    }

    /// <summary>Writes that the schema was found equal to the newest fingerprint now.</summary>
    internal static async Task MarkSeenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            "UPDATE belay.fingerprint SET seen_at = clock_timestamp() WHERE recorded_at = (SELECT max(recorded_at) FROM "
                + "belay.fingerprint)", cancellationToken);
    }
}
