using Belay.Backups;
using Belay.Postgres;

namespace Belay.Gate;

/// <summary>What a backup must be for a migration to begin now.</summary>
internal sealed record GateDemand
{
    public required DatabaseIdentity Database { get; init; }

    public required ProofLevel Level { get; init; }

    public required TimeSpan MaximumAge { get; init; }

    public required DateTimeOffset? LastMigration { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The key that this run could restore with; null for none.</summary>
    public string? KeyId { get; init; }

    public override string ToString()
        => $"a complete backup of {Database} with proof level {Level.Word()}, not older than {Quantity.Duration(MaximumAge)}"
            + (LastMigration is { } last ? $", taken after the last migration ({Quantity.Utc(last)})" : "");
}
