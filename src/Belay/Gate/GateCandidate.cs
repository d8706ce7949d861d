using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Storage;

namespace Belay.Gate;

/// <summary>Says why a backup does not open the gate.</summary>
internal static class GateCandidate
{
    /// <summary>Every reason against the backup; empty when it opens the gate.</summary>
    public static IReadOnlyList<string> Faults(CatalogBackup backup, GateDemand demand)
    {
        var judgement = backup.Judgement;
        string?[] faults =
        [
            .. Changes(backup.Manifest, demand.Target), judgement.ObjectFault, judgement.SealFault,
            Proof(judgement, backup.Manifest, demand), Key(backup.Manifest, demand), Age(backup.Manifest, demand),
        ];
        return [.. faults.OfType<string>()];
    }

    /// <summary>What can become a reason against the backup while a runner waits: the database, its server, what was recorded.</summary>
    public static IReadOnlyList<string> Changes(BackupManifest backup, GateTarget target)
        => [.. new[] { SameServer.Fault(backup, target), Tables(backup, target), Order(backup, target) }.OfType<string>()];

    private static string? Tables(BackupManifest backup, GateTarget target)
        => target.Tables > 0 && backup.Tables?.Any(table => !table.Name.StartsWith("belay.", StringComparison.Ordinal)) is false
            ? $"it has no table, and the database has {target.Tables}"
            : null;

    private static string? Proof(BackupJudgement judgement, BackupManifest backup, GateDemand demand)
        => judgement.Level < demand.Level ? $"its proof level is {judgement.Level.Name()}, demanded is {demand.Level.Name()}"
            : backup.Evidence.All(evidence => evidence.Level < demand.Level)
                ? $"its manifest has no evidence for level {demand.Level.Name()}"
            : null;

    private static string? Key(BackupManifest manifest, GateDemand demand)
        => manifest.Encryption is { KeyId: var needed } && needed != demand.KeyId
            ? $"it is encrypted with the key {needed}, and {StoreFaults.KeyText(demand.KeyId)} (BACKUP_KEY, BACKUP_KEY_FILE)"
            : null;

    private static string? Age(BackupManifest manifest, GateDemand demand)
    {
        var age = demand.Now - manifest.EndedUtc;
        return age < -BackupClock.Tolerance
            ? $"it ended in the future, at {Quantity.Utc(manifest.EndedUtc)}; now it is {Quantity.Utc(demand.Now)}"
            : age > demand.MaximumAge ? $"it is {Quantity.Duration(age)} old, allowed are {Quantity.Duration(demand.MaximumAge)}"
            : null;
    }

    private static string? Order(BackupManifest manifest, GateTarget target)
        => target.LastChange is { } last && manifest.SnapshotUtc <= last.AtUtc
            ? $"its snapshot ({Quantity.Utc(manifest.SnapshotUtc)}) is not after {last.What} ({Quantity.Utc(last.AtUtc)})"
            : null;
}
