namespace Belay.History;

/// <summary>A migration that stopped part-way outside a transaction: it has statements in the journal and no row in the history.</summary>
/// <param name="Ran">How many of its statements ran to their end.</param>
/// <param name="LastWords">The first words of the last statement that began.</param>
/// <param name="SqlState">How that one ended: <c>00000</c> for success, the server's error code, or null when nobody knows.</param>
/// <param name="StartedUtc">When that one began.</param>
internal sealed record PartWayMigration(decimal Version, int Ran, string LastWords, string? SqlState, DateTimeOffset StartedUtc)
{
    /// <summary>Whether it is applied and its rollback stopped part-way. The default is no.</summary>
    public bool IsRollback { get; init; }

    /// <summary>Where it stands, as a part of a sentence.</summary>
    public string Standing => $"{Quantity.Count(Ran, "statement")} ran; the last that began, on {Quantity.Utc(StartedUtc)}, was {LastWords}"
        + SqlState switch { null => ", whose end is not known", JournalRow.Success => "", _ => $", which failed with SQLSTATE {SqlState}" };
}
