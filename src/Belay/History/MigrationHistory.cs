using Belay.Sql;
using Belay.Postgres;
using Npgsql;

namespace Belay.History;

/// <summary>The history table <c>belay.migration</c>. Reading it creates nothing; see <see cref="HistorySchema"/>.</summary>
public static class MigrationHistory
{
    /// <summary>Reads the history, ordered by version, and the newest run of each repeatable migration after it;
    /// empty when there is none.</summary>
    /// <param name="connection">An open connection; a transaction on it is used as it is.</param>
    /// <exception cref="MigrationException">The role may not read the history, or not all rows of it.</exception>
    public static async Task<IReadOnlyList<AppliedMigration>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            if (!await HistorySchema.HasAsync(connection, HistorySchema.Migration, cancellationToken))
            {
                return [];
            }

            await DemandAllRowsAsync(connection, cancellationToken);
            return [
                .. await ReadRowsAsync(connection, cancellationToken), .. await RepeatableHistory.ReadAsync(connection, cancellationToken),
            ];
        }
        catch (PostgresException exception)
        {
            throw new MigrationException(
                $"Cannot read the migration history belay.migration: {exception.MessageText}",
                ExitCodes.PreflightRefused,
                "GRANT USAGE ON SCHEMA belay and SELECT, INSERT, UPDATE, DELETE on its tables to this role, or connect as the role that "
                    + "migrated before",
                exception)
            { SqlState = exception.SqlState };
        }
    }

    /// <summary>The text that ran for a version; null when it is not in the history.</summary>
    public static async Task<string?> ReadScriptAsync(NpgsqlConnection connection, decimal version, CancellationToken cancellationToken)
    {
        return await connection.ScalarAsync("SELECT script FROM belay.migration WHERE version = $1", [version], cancellationToken)
            as string;
    }

    /// <summary>Writes a migration's row in the caller's transaction and returns it as the server stored it.</summary>
    internal static async Task<AppliedMigration> InsertAsync(
        NpgsqlConnection connection, HistoryEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Migration.IsRepeatable)
        {
            return await RepeatableHistory.InsertAsync(connection, entry, cancellationToken);
        }

        await (entry.Fits
            ? Task.CompletedTask
            : HistorySchema.DemandFitsAsync(connection, HistorySchema.Migration, entry.Migration.Version, cancellationToken));
        AppliedMigration? applied = null;
        await connection.RunAsync([Inserting(connection, entry, row => applied = row)], cancellationToken);
        return applied!;
    }

    /// <summary>The step that writes a migration's row, whose version the table is known to keep.</summary>
    /// <param name="written">Told the row as the server stored it; not where the entry's transaction is over, in which it writes
    /// nothing.</param>
    /// <exception cref="PostgresException">When it is read: somebody else's trigger or rule has taken the row away or changed
    /// whose it is.</exception>
    internal static SqlStep Inserting(NpgsqlConnection connection, HistoryEntry entry, Action<AppliedMigration> written)
        => new(Row(connection, entry))
        {
            Read = async reader =>
            {
                var rows = await reader.RowsAsync(row => (Applied(entry, row), row.GetBoolean(2)), CancellationToken.None);
                var (applied, isAsWritten) = rows is [var row] ? row : throw SuppressedRow.Fault("belay.migration");
                written(isAsWritten ? applied : throw SuppressedRow.Changed("belay.migration"));
            },
        };

    private static SqlQuery Row(NpgsqlConnection connection, HistoryEntry entry) => new(
        """
        INSERT INTO belay.migration (version, name, sha256, script, duration_ms, backup_id, remark)
        SELECT $1, $2, $3, $4, $5, $6, $7 WHERE $8 IS NULL OR pg_catalog.txid_current() = $8
        RETURNING applied_at, applied_by, version = $1 AND sha256 = $3
        """,
        entry.Migration.Version,
        StorableText.For(connection, entry.Migration.Name),
        entry.Migration.Sha256,
        StorableText.For(connection, entry.Migration.Text),
        (long)entry.Duration.TotalMilliseconds,
        SqlQuery.Text(entry.BackupId),
        SqlQuery.Text(entry.Remark),
        SqlQuery.Number(entry.Transaction));

    private static AppliedMigration Applied(HistoryEntry entry, NpgsqlDataReader row) => new(
        entry.Migration.Version,
        entry.Migration.Name,
        entry.Migration.Sha256,
        row.GetFieldValue<DateTimeOffset>(0),
        row.GetString(1),
        entry.Duration,
        entry.BackupId,
        entry.Remark);

    /// <summary>Puts a changed file's text in place of the one that ran, which goes to <c>belay.repair</c>,
    /// in the caller's transaction.</summary>
    internal static async Task RepairAsync(NpgsqlConnection connection, Migration file, string reason, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            """
            WITH former AS (
                INSERT INTO belay.repair (version, name, sha256, script, new_sha256, reason)
                SELECT version, name, sha256, script, $3, $5 FROM belay.migration WHERE version = $1
                RETURNING version, repaired_at)
            UPDATE belay.migration m SET name = $2, sha256 = $3, script = $4,
                remark = concat_ws('; ', m.remark, format('repaired %s UTC: %s', to_char(f.repaired_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), $5))
            FROM former f WHERE m.version = f.version
            """,
            [file.Version, file.Name, file.Sha256, StorableText.For(connection, file.Text), reason],
            cancellationToken);
    }

    /// <summary>Row level security hides rows without a word, and a history with hidden rows would run migrations again.</summary>
    private static async Task DemandAllRowsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await HistorySchema.FindHiddenAsync(connection, cancellationToken) is { } table)
        {
            throw new MigrationException(
                $"Row level security may hide rows of belay.{table} from this role, so it cannot be told what is applied",
                ExitCodes.PreflightRefused,
                $"ALTER TABLE belay.{table} DISABLE ROW LEVEL SECURITY, or connect as the role that migrated before");
        }
    }

    private static async Task<IReadOnlyList<AppliedMigration>> ReadRowsAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
        => await connection.RowsAsync(
            """
            SELECT version::numeric, name, sha256, applied_at, applied_by, duration_ms, backup_id, remark
            FROM belay.migration ORDER BY version
            """,
            reader => new AppliedMigration(
                reader.GetDecimal(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetFieldValue<DateTimeOffset>(3),
                reader.GetString(4),
                TimeSpan.FromMilliseconds(reader.GetInt64(5)),
                reader.TextOrNull(6),
                reader.TextOrNull(7)),
            cancellationToken);
}
