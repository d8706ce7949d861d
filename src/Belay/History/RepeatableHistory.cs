using Belay.Postgres;
using Npgsql;

namespace Belay.History;

/// <summary>The table <c>belay.repeatable</c>: a row for every run, of which the newest of each name counts.</summary>
internal static class RepeatableHistory
{
    /// <summary>The newest run of each repeatable migration, ordered by name; empty when there is none.</summary>
    public static async Task<IReadOnlyList<AppliedMigration>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await HistorySchema.HasRowsAsync(connection, HistorySchema.Repeatable, cancellationToken))
        {
            return [];
        }

        return await connection.RowsAsync(
            """
            SELECT DISTINCT ON (name COLLATE "C") name, sha256, applied_at, applied_by, duration_ms, backup_id
            FROM belay.repeatable ORDER BY name COLLATE "C", applied_at DESC
            """,
            reader => new AppliedMigration(
                0,
                reader.GetString(0),
                reader.GetString(1),
                reader.GetFieldValue<DateTimeOffset>(2),
                reader.GetString(3),
                TimeSpan.FromMilliseconds(reader.GetInt64(4)),
                reader.TextOrNull(5))
            { IsRepeatable = true },
            cancellationToken);
    }

    /// <summary>Writes a run in the caller's transaction and returns it as the server stored it.</summary>
    public static async Task<AppliedMigration> InsertAsync(
        NpgsqlConnection connection, HistoryEntry entry, CancellationToken cancellationToken)
    {
        var migration = entry.Migration;
        var rows = await connection.RowsAsync(
            new SqlQuery(
                """
                INSERT INTO belay.repeatable (name, sha256, script, duration_ms, backup_id) VALUES ($1, $2, $3, $4, $5)
                RETURNING applied_at, applied_by
                """,
                migration.Name,
                migration.Sha256,
                StorableText.For(connection, migration.Text),
                (long)entry.Duration.TotalMilliseconds,
                SqlQuery.Text(entry.BackupId)),
            reader => new AppliedMigration(
                0,
                migration.Name,
                migration.Sha256,
                reader.GetFieldValue<DateTimeOffset>(0),
                reader.GetString(1),
                entry.Duration,
                entry.BackupId) { IsRepeatable = true },
            cancellationToken);
        return rows.FirstOrDefault() ?? throw SuppressedRow.Fault("belay.repeatable");
    }
}
