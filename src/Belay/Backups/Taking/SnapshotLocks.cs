using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Postgres;
using Npgsql;

namespace Belay.Backups.Taking;

/// <summary>The snapshot session's own locks on the dumped tables, taken before pg_dump's: while it copies, others queue, and who comes
/// after them cannot count.</summary>
internal sealed class SnapshotLocks(NpgsqlConnection connection)
{
    /// <summary>Who waits for a table's lock makes everybody behind it wait; a count is not worth that.</summary>
    private const string Limits = "SET LOCAL lock_timeout = '200ms'; SET LOCAL statement_timeout = '20s'; SAVEPOINT belay_locks";

    private const string Lift = "SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = 0";

    private const string Release = "ROLLBACK TO SAVEPOINT belay_locks";

    /// <summary>As many as pg_dump names in one command.</summary>
    private const int Batch = 500;

    /// <summary>Somebody who waits for us before pg_dump has its own locks stands between the two, and would stop both.</summary>
    private const string IsWaitedFor =
        "SELECT EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE NOT l.granted AND pg_backend_pid() = ANY (pg_blocking_pids(l.pid)))";

    /// <summary>pg_relation_filenode reads the catalogue as it is now, c.relfilenode as the snapshot has it.</summary>
    private const string Rewritten = $"""
        SELECT t.name FROM ({CatalogueQueries.Tables}) t (oid, name, has_rows) JOIN pg_catalog.pg_class c ON c.oid = t.oid
        WHERE c.relkind = 'r' AND pg_relation_filenode(c.oid) IS DISTINCT FROM c.relfilenode
        """;

    /// <summary>How many locks the server has room for, at least.</summary>
    private const string Room = "SELECT current_setting('max_locks_per_transaction')::bigint * current_setting('max_connections')::bigint";

    /// <summary>pg_dump needs as many locks again, and the application must have room for its own:
    /// beyond this part of the room none are taken.</summary>
    private const long Part = 4;

    private bool areHeld;

    /// <summary>Takes the locks if none of them has to be waited for and the server has ample room. Without them pg_dump waits and tells,
    /// as its own settings are.</summary>
    public async Task TryTakeAsync(IReadOnlyList<BackupTable> tables, CancellationToken cancellationToken)
    {
        if (tables.Count > (long)(await connection.ScalarAsync(Room, cancellationToken))! / Part)
        {
            await connection.ExecuteAsync(Lift, cancellationToken);
            return;
        }

        await connection.ExecuteAsync(Limits, cancellationToken);
        try
        {
            foreach (var batch in tables.Chunk(Batch))
            {
                await connection.ExecuteAsync(
                    $"LOCK TABLE {string.Join(", ", batch.Select(table => "ONLY " + table.Name))} IN ACCESS SHARE MODE", cancellationToken);
            }

            areHeld = true;
        }
        catch (PostgresException)
        {
            await connection.ExecuteAsync(Release, cancellationToken);
        }

        await connection.ExecuteAsync(Lift, cancellationToken);
    }

    /// <summary>Lets go of the locks when somebody waits for them; to be asked until pg_dump holds its own.</summary>
    public async Task YieldAsync(CancellationToken cancellationToken)
    {
        if (areHeld
            && connection.PostgreSqlVersion >= new Version(9, 6)
            && await connection.ScalarAsync(IsWaitedFor, cancellationToken) is true)
        {
            areHeld = false;
            await connection.ExecuteAsync(Release, cancellationToken);
            await connection.ExecuteAsync(Lift, cancellationToken);
        }
    }

    /// <summary>The tables that were emptied or written anew since the snapshot: its rows of them are gone,
    /// for the dump and for a count.</summary>
    public Task<List<string>> RewrittenAsync(CancellationToken cancellationToken)
        => connection.RowsAsync(Rewritten, row => row.GetString(0), cancellationToken);
}
