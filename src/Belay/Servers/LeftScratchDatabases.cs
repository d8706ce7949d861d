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

    /// <summary>Where somebody's things may lie that no table, function or type goes with.</summary>
    private static readonly string[] Catalogues =
    [
        "pg_class", "pg_namespace", "pg_proc", "pg_type", "pg_extension", "pg_publication", "pg_event_trigger",
        "pg_foreign_data_wrapper", "pg_foreign_server", "pg_language", "pg_am", "pg_collation", "pg_conversion", "pg_cast", "pg_operator",
        "pg_opclass", "pg_opfamily", "pg_ts_config", "pg_ts_dict", "pg_ts_parser", "pg_ts_template", "pg_default_acl",
    ];

    /// <summary>Every database begins with objects of lower numbers alone, and without large objects, whose numbers anybody
    /// chooses.</summary>
    private static readonly string HasNothing = "SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_largeobject_metadata) AND " + string.Join(
        " AND ", Catalogues.Select(catalogue => $"NOT EXISTS (SELECT FROM pg_catalog.{catalogue} WHERE oid >= 16384)"));

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
                && await IsEmptyAsync(left, cancellationToken))
            {
                // Nobody is sent away from what only its name says of whom it is.
                await TryAsync(left, () => connection.ExecuteAsync($"DROP DATABASE {SqlName.Quote(left)}", cancellationToken));
            }
        }
    }

    private Task<List<string>> ListAsync(string question, CancellationToken cancellationToken)
        => connection.RowsAsync(question, row => row.GetString(0), cancellationToken);

    /// <summary>A restore begins behind the mark, so that one without it is empty: what is not, somebody else has filled.</summary>
    private async Task<bool> IsEmptyAsync(string left, CancellationToken cancellationToken)
    {
        try
        {
            await using var inside = await new DatabaseConnector(address with { Database = left, Address = null })
                .OpenAsync("scratch", cancellationToken);
            return await inside.ScalarAsync(HasNothing, cancellationToken) is true;
        }
        catch (DatabaseUnreachableException)
        {
            // Half dropped, or closed to this role: nobody knows what is in it.
            return false;
        }
    }

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
