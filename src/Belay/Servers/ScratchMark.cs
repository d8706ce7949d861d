using Belay.Postgres;
using Npgsql;

namespace Belay.Servers;

/// <summary>By what a database on a server of others is known as one of a rehearsal: its name, its comment, and locks while that
/// lives.</summary>
internal static class ScratchMark
{
    /// <summary>How its name begins; behind it come the time, four random digits and the database's own name.</summary>
    public const string Beginning = "belay_scratch_";

    /// <summary>Its comment, by which the next run finds what a killed one left.</summary>
    public const string Text = "Belay rehearses a release in this database and drops it afterwards.";

    /// <summary>The class of the locks by which others see that a rehearsal lives.</summary>
    private const int LockClass = 0x42656c62;

    /// <summary>The class of the locks on names, before there is a database of the name.</summary>
    private const int NameClass = 0x42656c63;

    /// <summary>Takes a name, for as long as the connection is open.</summary>
    /// <returns>Whether nobody else has it.</returns>
    public static Task<bool> TryReserveAsync(NpgsqlConnection connection, string database, CancellationToken cancellationToken)
        => NameHold.TryAsync(connection, NameClass, database, cancellationToken);

    /// <summary>Takes a database, for as long as the connection is open.</summary>
    /// <returns>Whether nobody else has it.</returns>
    public static Task<bool> TryLockAsync(NpgsqlConnection connection, string database, CancellationToken cancellationToken)
        => DatabaseHold.TryAsync(connection, LockClass, database, cancellationToken);

    /// <summary>Gives a database back before the connection ends.</summary>
    public static Task ReleaseAsync(NpgsqlConnection connection, string database, CancellationToken cancellationToken)
        => DatabaseHold.ReleaseAsync(connection, LockClass, database, cancellationToken);
}
