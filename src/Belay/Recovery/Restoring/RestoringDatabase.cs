using Belay.Backups.Catalogue;
using Belay.Backups.Proving;
using Belay.Postgres;
using Belay.Settings;
using Npgsql;

namespace Belay.Recovery.Restoring;

/// <summary>The database that a backup is restored into until all of it is there. Nobody takes it for another: its name says what it is,
/// and its comment, by which the next restore finds what a killed one left.</summary>
/// <param name="connection">An open connection to another database of the server. It holds a lock for as long as the restore lives.</param>
internal sealed class RestoringDatabase(NpgsqlConnection connection, string name)
{
    private const string Mark = "Belay restores a backup into this database; it is not whole.";

    /// <summary>The class of the locks by which others see that a restore lives.</summary>
    private const int LockClass = 0x42656c61;

    /// <summary>The class of the locks on names, before there is a database of the name.</summary>
    private const int NameClass = 0x42656c64;

    /// <summary>Made and not marked, because its run was killed between the two: of the name that a restore gives, of this very role,
    /// without any comment, and older than a run takes from the one to the other, whatever a clock is late.</summary>
    private const string Unmarked = """
        SELECT d.datname::text FROM pg_catalog.pg_database d JOIN pg_catalog.pg_roles r ON r.oid = d.datdba
        WHERE d.datname::text ~ '_restoring_[0-9]{8}_[0-9]{6}$' AND r.rolname = current_user
            AND pg_catalog.shobj_description(d.oid, 'pg_database') IS NULL
            AND right(d.datname::text, 15) COLLATE "C"
                < pg_catalog.to_char(pg_catalog.now() AT TIME ZONE 'UTC' - interval '10 minutes', 'YYYYMMDD_HH24MISS')
        """;

    private const string Left = $"""
        SELECT d.datname::text FROM pg_catalog.pg_database d
        WHERE pg_catalog.shobj_description(d.oid, 'pg_database') = '{Mark}' AND pg_catalog.pg_has_role(d.datdba, 'USAGE')
        """;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Drops what killed restores left: marked as such, or made and with nothing in it, and with nobody who holds the
    /// lock.</summary>
    /// <param name="address">Any database of the server.</param>
    /// <param name="connection">An open connection to it.</param>
    public static async Task SweepAsync(
        DatabaseTarget address, NpgsqlConnection connection, IReleaseOutput output, CancellationToken cancellationToken)
    {
        foreach (var left in await connection.RowsAsync(Left, row => row.GetString(0), cancellationToken))
        {
            var database = new RestoringDatabase(connection, left);
            if (await database.TryLockAsync(cancellationToken))
            {
                await DropLeftAsync(left, output, () => database.DropAsync(cancellationToken));
                await DatabaseHold.ReleaseAsync(connection, LockClass, left, cancellationToken);
            }
        }

        foreach (var left in await connection.RowsAsync(Unmarked, row => row.GetString(0), cancellationToken))
        {
            if (await NameHold.TryAsync(connection, NameClass, left, cancellationToken)
                && await UntouchedDatabase.IsAsync(address with { Database = left, Address = null }, cancellationToken))
            {
                // Nobody is sent away from what only its name says of whom it is.
                await DropLeftAsync(
                    left, output, () => connection.ExecuteAsync($"DROP DATABASE {SqlName.Quote(left)}", cancellationToken));
            }
        }
    }

    /// <summary>Makes it, with encoding and locale of the backup's.</summary>
    /// <returns>What it is like, in words.</returns>
    public async Task<string> CreateAsync(DatabaseDefinition? definition, CancellationToken cancellationToken)
    {
        // A name that is taken is told by the server.
        await NameHold.TryAsync(connection, NameClass, name, cancellationToken);
        var made = await ScratchDatabase.CreateAsync(connection, SqlName.Quote(name), definition, cancellationToken);

        // The lock first: another restore drops what has the mark and nobody's lock.
        await TryLockAsync(cancellationToken);
        await connection.ExecuteAsync($"COMMENT ON DATABASE {SqlName.Quote(name)} IS '{Mark}'", cancellationToken);
        return made;
    }

    /// <summary>Drops it. What is connected to it is a program of this restore that is ending.</summary>
    public Task DropAsync(CancellationToken cancellationToken) => DatabaseDrop.RunAsync(connection, name, cancellationToken);

    /// <summary>A restore is urgent: what stands in the way of this stands in its way no more than the database itself.</summary>
    private static async Task DropLeftAsync(string left, IReleaseOutput output, Func<Task> drop)
    {
        try
        {
            await drop();
            output.Line($"      Dropped {left}, which a killed restore left half-done");
        }
        catch (PostgresException fault)
        {
            output.Warn(
                $"{left}, which a killed restore left half-done, could not be dropped: {fault.MessageText} (Hint: the next restore tries "
                    + "again)");
        }
    }

    private Task<bool> TryLockAsync(CancellationToken cancellationToken)
        => DatabaseHold.TryAsync(connection, LockClass, name, cancellationToken);
}
