namespace Belay.Recovery.Restoring;

/// <summary>A restore that succeeded.</summary>
/// <param name="Facts">What was compared and seen, in words.</param>
/// <param name="Duration">How long pg_restore took: the time to count on when it has to be done in earnest.</param>
/// <param name="Replaced">The name under which the replaced database stays; null when nothing was replaced.</param>
internal sealed record RestoreOutcome(IReadOnlyList<string> Facts, TimeSpan Duration, string? Replaced);
