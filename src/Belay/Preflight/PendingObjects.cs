namespace Belay.Preflight;

/// <summary>How much of what the pending migrations' checks expect is there already.</summary>
/// <param name="Existing">How many of the expected objects exist.</param>
/// <param name="Total">How many are expected.</param>
/// <param name="Missing">The names of the others, in the order of the checks.</param>
internal sealed record PendingObjects(int Existing, int Total, IReadOnlyList<string> Missing)
{
    /// <summary>Whether they are columns; otherwise they are whatever the checks' first column holds. The default is no.</summary>
    public bool AreColumns { get; init; }
}
