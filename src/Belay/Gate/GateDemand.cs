using Belay.Backups;

namespace Belay.Gate;

/// <summary>What a backup must be for a migration to begin now.</summary>
internal sealed record GateDemand
{
    public required GateTarget Target { get; init; }

    public required ProofLevel Level { get; init; }

    public required TimeSpan MaximumAge { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The key that this run could restore with; null for none.</summary>
    public string? KeyId { get; init; }

    public override string ToString()
        => $"a complete backup of {Target.Database} with proof level {Level.Name()}, not older than {Quantity.Duration(MaximumAge)}"
            + (Target.LastChange is { } last ? $", taken after {last.What} ({Quantity.Utc(last.AtUtc)})" : "");
}
