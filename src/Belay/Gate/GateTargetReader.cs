using Belay.Backups.Archive;
using Belay.History;
using Belay.Postgres;
using Belay.Schema;
using Npgsql;

namespace Belay.Gate;

/// <summary>Reads what the gate must know of a database.</summary>
public static class GateTargetReader
{
    private const string Tables = $"SELECT count(*) FROM ({CatalogueQueries.Tables}) t (oid, name, has_rows) WHERE name NOT LIKE 'belay.%'";

    /// <summary>Reads it. Nothing is changed, and nothing created.</summary>
    /// <param name="connection">An open connection outside a transaction.</param>
    /// <exception cref="GateException">The role may not read one of Belay's own tables that has rows.</exception>
    public static async Task<GateTarget> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => new()
    {
        Database = await DatabaseReader.ReadIdentityAsync(connection, cancellationToken),
        Server = await PositionReader.ReadAsync(connection, cancellationToken),
        LastChange = await LastChangeAsync(connection, cancellationToken),
        Tables = (long)(await connection.ScalarAsync(Tables, cancellationToken))!,
    };

    private static async Task<LastChange?> LastChangeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        LastChange?[] changes =
        [
            await LatestAsync(connection, (HistorySchema.Migration, "applied_at"), "the last migration", cancellationToken),
            await LatestAsync(connection, (HistorySchema.Repeatable, "applied_at"), "the last repeatable migration", cancellationToken),
            await LatestAsync(connection, (HistorySchema.Rollback, "rolled_back_at"), "the last rollback", cancellationToken),
            await LastRecordedAsync(connection, cancellationToken),
        ];
        return changes.OfType<LastChange>().MaxBy(change => change.AtUtc);
    }

    private static async Task<LastChange?> LatestAsync(
        NpgsqlConnection connection, (HistoryTable Table, string Column) time, string what, CancellationToken cancellationToken)
    {
        try
        {
            return await HistorySchema.HasRowsAsync(connection, time.Table, cancellationToken)
                && await connection.ScalarAsync($"SELECT max({time.Column}) FROM belay.{time.Table.Name}", cancellationToken)
                    is DateTime latest
                ? new LastChange(new DateTimeOffset(latest), what)
                : null;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw await UnreadableAsync(connection, time.Table, what, cancellationToken);
        }
    }

    private static async Task<LastChange?> LastRecordedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        const string What = "the last recorded change of the schema";
        try
        {
            return await FingerprintStore.ReadLastAsync(connection, cancellationToken) is { } last
                ? new LastChange(last.RecordedUtc, $"{What} ({last.Reason})")
                : null;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw await UnreadableAsync(connection, FingerprintStore.Table, What, cancellationToken);
        }
    }

    private static async Task<GateException> UnreadableAsync(
        NpgsqlConnection connection, HistoryTable table, string what, CancellationToken cancellationToken)
    {
        var role = $"{await connection.ScalarAsync("SELECT current_user::text", cancellationToken)}";
        return new GateException(
            $"Whether a backup is from after {what} cannot be told: the role {role} may not read belay.{table.Name}",
            $"GRANT SELECT ON belay.{table.Name} TO {SqlName.Quote(role)}");
    }
}
