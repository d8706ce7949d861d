using Belay.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Belay.History;

/// <summary>The table <c>belay.repeatable</c>: a row for every run, of which the newest of each name counts.</summary>
internal static class RepeatableHistory
{
    /// <summary>The newest run of each repeatable migration, ordered by name; empty when there is none.</summary>
    public static async Task<IReadOnlyList<AppliedMigration>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await HistorySchema.HasAsync(connection, HistorySchema.Repeatable, cancellationToken))
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
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO belay.repeatable (name, sha256, script, duration_ms, backup_id) VALUES ($1, $2, $3, $4, $5)
            RETURNING applied_at, applied_by
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = migration.Name },
                new() { Value = migration.Sha256 },
                new() { Value = StorableText.For(connection, migration.Text) },
                new() { Value = (long)entry.Duration.TotalMilliseconds },
                new() { Value = (object?)entry.BackupId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            throw SuppressedRow.Fault("belay.repeatable");
        }

        var appliedAt = await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken);
        return new AppliedMigration(
            0, migration.Name, migration.Sha256, appliedAt, reader.GetString(1), entry.Duration, entry.BackupId) { IsRepeatable = true };
    }
}
