using Belay.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Belay.History;

/// <summary>The table <c>belay.rollback</c>: what was taken back, when, by whom and with which script.</summary>
internal static class RollbackHistory
{
    /// <summary>Takes a migration out of history and journals and keeps its row as one that was rolled back, in the caller's transaction.
    /// The journals go too: with their rows, a later run would take the statements for done and skip them.</summary>
    /// <param name="rollback">The rollback script's text, and the backup that stands behind it; null in a trial.</param>
    /// <returns>Whether the row is kept; no when the table is missing and this role may not make it.</returns>
    public static async Task<bool> MoveAsync(
        NpgsqlConnection connection, decimal version, (string Script, string? BackupId) rollback, CancellationToken cancellationToken)
    {
        var isKept = await MayKeepAsync(connection, cancellationToken);
        if (isKept)
        {
            await HistorySchema.EnsureAsync(connection, [HistorySchema.Rollback], cancellationToken);
            await KeepAsync(connection, version, rollback, cancellationToken);
        }

        await DeleteAsync(connection, version, cancellationToken);
        return isKept;
    }

    private static async Task<bool> MayKeepAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => await HistorySchema.HasAsync(connection, HistorySchema.Rollback, cancellationToken)
            || await connection.ScalarAsync("SELECT pg_catalog.has_schema_privilege('belay', 'CREATE')", cancellationToken) is true;

    private static async Task KeepAsync(
        NpgsqlConnection connection, decimal version, (string Script, string? BackupId) rollback, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO belay.rollback
                (version, name, sha256, script, applied_at, applied_by, backup_id, remark, rollback_script, rollback_backup_id)
            SELECT version, name, sha256, script, applied_at, applied_by, backup_id, remark, $2, $3
            FROM belay.migration WHERE version = $1
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = version },
                new() { Value = StorableText.For(connection, rollback.Script) },
                new() { Value = (object?)rollback.BackupId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            },
        };
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            throw SuppressedRow.Fault("belay.rollback");
        }
    }

    private static async Task DeleteAsync(NpgsqlConnection connection, decimal version, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync($"DELETE FROM belay.statement WHERE version = {version}", cancellationToken);
        if (await HistorySchema.HasAsync(connection, HistorySchema.RollbackStatement, cancellationToken))
        {
            await connection.ExecuteAsync($"DELETE FROM belay.rollback_statement WHERE version = {version}", cancellationToken);
        }

        await connection.ExecuteAsync($"DELETE FROM belay.migration WHERE version = {version}", cancellationToken);
    }
}
