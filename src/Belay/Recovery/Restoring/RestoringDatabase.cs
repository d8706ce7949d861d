using Belay.Backups.Catalogue;
using Belay.Backups.Proving;
using Belay.Postgres;
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

    private const string Left = $"""
        SELECT d.datname::text FROM pg_catalog.pg_database d
        WHERE pg_catalog.shobj_description(d.oid, 'pg_database') = '{Mark}' AND pg_catalog.pg_has_role(d.datdba, 'USAGE')
        """;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Drops what killed restores left: marked as such, and with nobody who holds the lock.</summary>
    public static async Task SweepAsync(NpgsqlConnection connection, IReleaseOutput output, CancellationToken cancellationToken)
    {
        foreach (var left in await connection.RowsAsync(Left, row => row.GetString(0), cancellationToken))
        {
            var database = new RestoringDatabase(connection, left);
            if (await database.TryLockAsync(cancellationToken))
            {
                await database.DropLeftAsync(output, cancellationToken);
                await DatabaseHold.ReleaseAsync(connection, LockClass, left, cancellationToken);
            }
        }
    }

    /// <summary>Makes it, with encoding and locale of the backup's.</summary>
    /// <returns>What it is like, in words.</returns>
    public async Task<string> CreateAsync(DatabaseDefinition? definition, CancellationToken cancellationToken)
    {
        var made = await ScratchDatabase.CreateAsync(connection, SqlName.Quote(name), definition, cancellationToken);

        // The lock first: another restore drops what has the mark and nobody's lock.
        await TryLockAsync(cancellationToken);
        await connection.ExecuteAsync($"COMMENT ON DATABASE {SqlName.Quote(name)} IS '{Mark}'", cancellationToken);
        return made;
    }

    /// <summary>Drops it. What is connected to it is a program of this restore that is ending.</summary>
    public Task DropAsync(CancellationToken cancellationToken) => DatabaseDrop.RunAsync(connection, name, cancellationToken);

    /// <summary>A restore is urgent: what stands in the way of this stands in its way no more than the database itself.</summary>
    private async Task DropLeftAsync(IReleaseOutput output, CancellationToken cancellationToken)
    {
        try
        {
            await DropAsync(cancellationToken);
            output.Line($"      Dropped {name}, which a killed restore left half-done");
        }
        catch (PostgresException fault)
        {
            output.Warn(
                $"{name}, which a killed restore left half-done, could not be dropped: {fault.MessageText} (Hint: the next restore tries "
                    + "again)");
        }
    }

    private Task<bool> TryLockAsync(CancellationToken cancellationToken)
        => DatabaseHold.TryAsync(connection, LockClass, name, cancellationToken);
}
