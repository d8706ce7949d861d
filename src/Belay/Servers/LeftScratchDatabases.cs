using Belay.Postgres;
using Belay.Settings;
using Npgsql;

namespace Belay.Servers;

/// <summary>What killed rehearsals have left on a server of others.</summary>
/// <param name="address">The server, as the role that makes databases there.</param>
/// <param name="connection">An open connection of it.</param>
/// <param name="output">Takes what was dropped, and what could not be.</param>
internal sealed class LeftScratchDatabases(DatabaseTarget address, NpgsqlConnection connection, IReleaseOutput output)
{
    private const string Marked = $"""
        SELECT d.datname::text FROM pg_catalog.pg_database d
        WHERE pg_catalog.shobj_description(d.oid, 'pg_database') = '{ScratchMark.Text}'
            AND left(d.datname::text, 14) = '{ScratchMark.Beginning}' AND pg_catalog.pg_has_role(d.datdba, 'USAGE')
        """;

    /// <summary>Made and not marked, because its run was killed between the two: of a name that nobody chooses, of this very role, without
    /// any comment, and older than a run takes from the one to the other, whatever a clock is late.</summary>
    private const string Unmarked = $$"""
        SELECT d.datname::text FROM pg_catalog.pg_database d JOIN pg_catalog.pg_roles r ON r.oid = d.datdba
        WHERE d.datname::text ~ '^{{ScratchMark.Beginning}}[0-9]{8}_[0-9]{6}_[0-9a-f]{4}_' AND r.rolname = current_user
            AND pg_catalog.shobj_description(d.oid, 'pg_database') IS NULL
            AND substring(d.datname::text, 15, 15) COLLATE "C"
                < pg_catalog.to_char(pg_catalog.now() AT TIME ZONE 'UTC' - interval '10 minutes', 'YYYYMMDD_HH24MISS')
        """;

    /// <summary>Drops what nobody has a lock of. What cannot be dropped stays, and is told.</summary>
    public async Task DropAsync(CancellationToken cancellationToken)
    {
        foreach (var left in await ListAsync(Marked, cancellationToken))
        {
            if (await ScratchMark.TryLockAsync(connection, left, cancellationToken))
            {
                await TryAsync(left, () => DatabaseDrop.RunAsync(connection, left, cancellationToken));
                await ScratchMark.ReleaseAsync(connection, left, cancellationToken);
            }
        }

        foreach (var left in await ListAsync(Unmarked, cancellationToken))
        {
            if (await ScratchMark.TryReserveAsync(connection, left, cancellationToken)
                && await ScratchMark.TryLockAsync(connection, left, cancellationToken)
                && await UntouchedDatabase.IsAsync(address with { Database = left, Address = null }, cancellationToken))
            {
                // A restore begins behind the mark, so that one without it is as it was made: what is not, somebody else has filled.
                // Nobody is sent away from what only its name says of whom it is.
                await TryAsync(left, () => connection.ExecuteAsync($"DROP DATABASE {SqlName.Quote(left)}", cancellationToken));
            }
        }
    }

    private Task<List<string>> ListAsync(string question, CancellationToken cancellationToken)
        => connection.RowsAsync(question, row => row.GetString(0), cancellationToken);

    /// <summary>What somebody else is connected to may stand in the way, which is nothing of this rehearsal.</summary>
    private async Task TryAsync(string left, Func<Task> drop)
    {
        try
        {
            await drop();
            output.Line($"      Dropped {left}, which a killed rehearsal left on the server of SCRATCH_URL");
        }
        catch (PostgresException fault)
        {
            output.Warn(
                $"{left} could not be dropped from the server of SCRATCH_URL: {fault.MessageText} (Hint: the next rehearsal tries again)");
        }
    }
}
