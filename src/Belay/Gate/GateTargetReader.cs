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
    /// <exception cref="PostgresException">The role may not read Belay's own tables.</exception>
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
            await FingerprintStore.ReadLastAsync(connection, cancellationToken) is { } last
                ? new LastChange(last.RecordedUtc, $"the last recorded change of the schema ({last.Reason})")
                : null,
        ];
        return changes.OfType<LastChange>().MaxBy(change => change.AtUtc);
    }

    private static async Task<LastChange?> LatestAsync(
        NpgsqlConnection connection, (HistoryTable Table, string Column) time, string what, CancellationToken cancellationToken)
        => await HistorySchema.HasAsync(connection, time.Table, cancellationToken)
            && await connection.ScalarAsync($"SELECT max({time.Column}) FROM belay.{time.Table.Name}", cancellationToken) is DateTime latest
            ? new LastChange(new DateTimeOffset(latest), what)
            : null;
}
