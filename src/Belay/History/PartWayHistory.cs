using Belay.Postgres;
using Npgsql;

namespace Belay.History;

/// <summary>Reads from the journal which migrations stopped part-way.</summary>
internal static class PartWayHistory
{
    /// <summary>The migrations that have statements in the journal and no row in the history, then those whose rollback has begun; empty
    /// when there are none.</summary>
    /// <param name="connection">An open connection; a transaction on it is used as it is.</param>
    /// <exception cref="MigrationException">The role may not read the journal.</exception>
    public static async Task<IReadOnlyList<PartWayMigration>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return
            [
                .. await ReadRowsAsync(connection, HistorySchema.Statement, "NOT EXISTS", cancellationToken),
                .. from one in await ReadRowsAsync(connection, HistorySchema.RollbackStatement, "EXISTS", cancellationToken)
                   select one with { IsRollback = true },
            ];
        }
        catch (PostgresException exception)
        {
            throw new MigrationException(
                $"Cannot read the journals of the schema belay: {exception.MessageText}",
                ExitCodes.PreflightRefused,
                "GRANT USAGE ON SCHEMA belay and SELECT, INSERT, UPDATE, DELETE on its tables to this role, or connect as the role that "
                    + "migrated before",
                exception)
            { SqlState = exception.SqlState };
        }
    }

    private static async Task<IReadOnlyList<PartWayMigration>> ReadRowsAsync(
        NpgsqlConnection connection, HistoryTable journal, string isApplied, CancellationToken cancellationToken)
    {
        if (!await HistorySchema.HasRowsAsync(connection, journal, cancellationToken))
        {
            return [];
        }

        return await connection.RowsAsync(
            $"""
            SELECT DISTINCT ON (version) version::numeric,
                (count(*) FILTER (WHERE sqlstate = '00000') OVER (PARTITION BY version))::int, first_words, sqlstate, started_at
            FROM belay.{journal.Name} s WHERE {isApplied} (SELECT FROM belay.migration m WHERE m.version = s.version)
            ORDER BY version, position DESC
            """,
            reader => new PartWayMigration(
                reader.GetDecimal(0),
                reader.GetInt32(1),
                reader.GetString(2),
                reader.TextOrNull(3),
                reader.GetFieldValue<DateTimeOffset>(4)),
            cancellationToken);
    }
}
