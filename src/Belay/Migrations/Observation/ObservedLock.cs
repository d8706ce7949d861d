namespace Belay.Migrations.Observation;

/// <summary>A lock on a table or index that was there before the migration.</summary>
/// <param name="Relation">Its name with its schema, quoted where SQL needs that.</param>
/// <param name="Mode">The mode as pg_locks names it, for example <c>AccessExclusiveLock</c>.</param>
/// <param name="Held">From the beginning of the statement that took it to the end of its transaction.</param>
internal sealed record ObservedLock(string Relation, string Mode, TimeSpan Held)
{
    /// <summary>How strong it is; larger is stronger.</summary>
    public int Strength => LockMode.StrengthOf(Mode);

    /// <summary>Whether it keeps writers from the table, or readers and writers.</summary>
    public bool Blocks => LockMode.KeepsWritersAway(Mode);

    /// <inheritdoc/>
    public override string ToString()
        => $"{Mode} on {Relation} for {Quantity.Duration(Held)}, which keeps "
            + $"{(LockMode.KeepsReadersAway(Mode) ? "readers and writers" : "writers")} away";
}
