using Belay.Sql;
using Belay.Postgres;
using Npgsql;

namespace Belay.Migrations.Effects;

/// <summary>Asks the catalogue whether a statement has had its effect.</summary>
internal sealed class StatementEffect(NpgsqlConnection connection)
{
    /// <summary>True or false where the catalogue shows it, null where it does not.</summary>
    public async Task<bool?> HasHappenedAsync(ScriptStatement statement, CancellationToken cancellationToken)
    {
        if (IndexDrop.Of(statement.Sql) is { } drop)
        {
            return (bool)(await connection.ScalarAsync("SELECT to_regclass($1) IS NULL", [drop.Name], cancellationToken))!;
        }

        return PartitionDetach.Of(statement.Sql) is { } detach ? await IsPendingAsync(detach, cancellationToken) is null : null;
    }

    /// <summary>Whether an interrupted DETACH PARTITION CONCURRENTLY waits for FINALIZE; null when the
    /// table is no partition any more.</summary>
    public async Task<bool?> IsPendingAsync(PartitionDetach detach, CancellationToken cancellationToken)
    {
        return await connection.ScalarAsync(
            "SELECT inhdetachpending FROM pg_catalog.pg_inherits WHERE inhrelid = to_regclass($1) AND inhparent = to_regclass($2)",
            [detach.Partition, detach.Parent],
            cancellationToken)
            as bool?;
    }
}
