namespace Belay.Backups.Catalogue;

/// <summary>What was seen when a level of proof was reached.</summary>
/// <param name="Facts">What was compared, in words, for example <c>SHA-256 equal over 10485760 bytes</c>.</param>
/// <param name="Seconds">How long it took; for <see cref="ProofLevel.Restored"/> the measured restore time.</param>
public sealed record ProofEvidence(ProofLevel Level, DateTimeOffset AtUtc, IReadOnlyList<string> Facts, double Seconds);
