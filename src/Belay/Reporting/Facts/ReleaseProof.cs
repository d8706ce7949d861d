namespace Belay.Reporting.Facts;

/// <summary>What was seen when a backup reached a level of proof.</summary>
/// <param name="Level">The level, as the word that people type.</param>
/// <param name="Facts">What was compared, in words.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record ReleaseProof(string Level, DateTimeOffset AtUtc, IReadOnlyList<string> Facts, double Seconds);
