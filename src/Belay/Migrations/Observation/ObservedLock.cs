namespace Belay.Migrations.Observation;

/// <summary>A lock on a table or index that was there before the migration.</summary>
/// <param name="Relation">Its name with its schema, quoted where SQL needs that.</param>
/// <param name="Mode">The mode as pg_locks names it, for example <c>AccessExclusiveLock</c>.</param>
/// <param name="Held">From the beginning of the statement that took it to the end of its transaction.</param>
internal sealed record ObservedLock(string Relation, string Mode, TimeSpan Held)
{
    /// <summary>The modes from the weakest to the strongest:
    /// https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES.</summary>
    private static readonly string[] Modes =
    [
        "AccessShareLock",
        "RowShareLock",
        "RowExclusiveLock",
        "ShareUpdateExclusiveLock",
        "ShareLock",
        "ShareRowExclusiveLock",
        "ExclusiveLock",
        "AccessExclusiveLock",
    ];

    /// <summary>How strong it is; larger is stronger.</summary>
    public int Strength => StrengthOf(Mode);

    /// <summary>How strong a mode is; larger is stronger, and -1 is no lock of a table.</summary>
    public static int StrengthOf(string? mode) => Array.IndexOf(Modes, mode);

    /// <summary>Whether it keeps writers from the table, or readers and writers.</summary>
    public bool Blocks => Strength >= Array.IndexOf(Modes, "ShareLock");

    /// <inheritdoc/>
    public override string ToString()
        => $"{Mode} on {Relation} for {Quantity.Duration(Held)}, which keeps "
            + $"{(Strength == Modes.Length - 1 ? "readers and writers" : "writers")} away";
}
