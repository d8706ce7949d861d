using Npgsql;
using NpgsqlTypes;

namespace Belay.Migrations;

/// <summary>The history table <c>belay.migration</c>. Reading it creates nothing; the first migration creates it in its own transaction.</summary>
public static class MigrationHistory
{
    /// <summary>The history's schema.</summary>
    public const string Schema = "belay";

    private const string CreateSchema = "CREATE SCHEMA belay";

    private const string CreateTables = """
        CREATE TABLE belay.migration (
            version bigint PRIMARY KEY,
            name text NOT NULL,
            sha256 text NOT NULL,
            script text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            applied_by text NOT NULL DEFAULT session_user,
            duration_ms bigint NOT NULL,
            backup_id text,
            remark text
        );
        COMMENT ON TABLE belay.migration IS 'Migrations applied to this database by Belay';
        CREATE TABLE belay.statement (
            version bigint NOT NULL,
            position integer NOT NULL,
            sha256 text NOT NULL,
            first_words text NOT NULL,
            started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            ended_at timestamptz,
            sqlstate text,
            backend_pid integer NOT NULL,
            backend_start timestamptz NOT NULL,
            PRIMARY KEY (version, position)
        );
        COMMENT ON TABLE belay.statement IS 'Journal of statements that ran outside a transaction'
        """;

    /// <summary>Reads the history, ordered by version; empty when there is none.</summary>
    /// <param name="connection">An open connection; a transaction on it is used as it is.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="MigrationException">The role may not read the history.</exception>
    public static async Task<IReadOnlyList<AppliedMigration>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            if (!await ExistsAsync(connection, "migration", cancellationToken))
            {
                return [];
            }

            return await ReadRowsAsync(connection, cancellationToken);
        }
        catch (PostgresException exception)
        {
            throw new MigrationException(
                $"Cannot read the migration history belay.migration: {exception.MessageText}",
                ExitCodes.PreflightRefused,
                "GRANT USAGE ON SCHEMA belay and SELECT, INSERT, UPDATE, DELETE on its tables to this role, or connect as the role that migrated before",
                exception)
            { SqlState = exception.SqlState };
        }
    }

    /// <summary>The text that ran for a version; null when it is not in the history.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="version">The migration's number.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public static async Task<string?> ReadScriptAsync(NpgsqlConnection connection, long version, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT script FROM belay.migration WHERE version = $1", connection)
        {
            Parameters = { new() { Value = version } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    /// <summary>Creates schema and tables where they are missing, in the caller's transaction.</summary>
    internal static async Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await SchemaExistsAsync(connection, cancellationToken))
        {
            await ExecuteAsync(connection, CreateSchema, cancellationToken);
        }

        if (!await ExistsAsync(connection, "migration", cancellationToken))
        {
            await ExecuteAsync(connection, CreateTables, cancellationToken);
        }
    }

    /// <summary>Writes a migration's row in the caller's transaction and returns it as the server stored it.</summary>
    internal static async Task<AppliedMigration> InsertAsync(NpgsqlConnection connection, HistoryEntry entry, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO belay.migration (version, name, sha256, script, duration_ms, backup_id, remark)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            RETURNING applied_at, applied_by
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = entry.Migration.Version },
                new() { Value = entry.Migration.Name },
                new() { Value = entry.Migration.Sha256 },
                new() { Value = entry.Migration.Text },
                new() { Value = (long)entry.Duration.TotalMilliseconds },
                new() { Value = (object?)entry.BackupId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = (object?)entry.Remark ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var appliedAt = await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken);
        return new AppliedMigration(
            entry.Migration.Version, entry.Migration.Name, entry.Migration.Sha256, appliedAt, reader.GetString(1), entry.Duration, entry.BackupId);
    }

    private static async Task<IReadOnlyList<AppliedMigration>> ReadRowsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT version, name, sha256, applied_at, applied_by, duration_ms, backup_id FROM belay.migration ORDER BY version", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<AppliedMigration>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new AppliedMigration(
                reader.GetInt64(0),
                reader.GetString(1),
                reader.GetString(2),
                await reader.GetFieldValueAsync<DateTimeOffset>(3, cancellationToken),
                reader.GetString(4),
                TimeSpan.FromMilliseconds(reader.GetInt64(5)),
                await reader.IsDBNullAsync(6, cancellationToken) ? null : reader.GetString(6)));
        }

        return rows;
    }

    private static Task<bool> SchemaExistsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => AskAsync(connection, "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'belay')", cancellationToken);

    /// <summary>Whether a table of the schema exists; asked of the catalogue, which any role may read.</summary>
    internal static Task<bool> ExistsAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
        => AskAsync(
            connection,
            $"""
            SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'belay' AND c.relname = '{table}')
            """,
            cancellationToken);

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string question, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(question, connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
