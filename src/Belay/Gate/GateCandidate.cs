using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Postgres;
using Belay.Storage;

namespace Belay.Gate;

/// <summary>Says why a backup does not open the gate.</summary>
internal static class GateCandidate
{
    /// <summary>Every reason against the backup; empty when it opens the gate.</summary>
    public static IReadOnlyList<string> Faults(CatalogBackup backup, GateDemand demand)
        => [.. new[] { Identity(backup.Manifest.Database, demand.Database), Dump(backup), Proof(backup, demand), Key(backup.Manifest, demand), Age(backup.Manifest, demand), Order(backup.Manifest, demand) }.OfType<string>()];

    private static string? Identity(DatabaseIdentity found, DatabaseIdentity wanted)
    {
        if (found == wanted)
        {
            return null;
        }

        var readable = found.SystemIdentifier == DatabaseReader.UnknownSystem || wanted.SystemIdentifier == DatabaseReader.UnknownSystem
            ? "; take the backup as the role that migrates, so that both read the same identifier"
            : "";
        return $"it is of another database: {found}{readable}";
    }

    private static string? Dump(CatalogBackup backup)
    {
        var kind = backup.Manifest.Parts is null ? "dump" : "part";
        return backup.Manifest.DumpParts.Select(part => Dump(kind, part, backup.Find(part))).FirstOrDefault(fault => fault is not null)
            ?? (backup.LacksGlobals ? $"its roles '{backup.Manifest.GlobalsName}' are missing" : null);
    }

    private static string? Dump(string kind, BackupPart part, StoredObject? found)
    {
        var which = part.File.Length == 0 ? "" : $" '{part.ObjectName}'";
        return found is null ? $"its {kind} '{part.ObjectName}' is missing"
            : found.Size != part.Size ? $"its {kind}{which} has {found.Size} bytes, the manifest says {part.Size}"
            : part.ObjectVersion is { } version && version != found.Version ? $"its {kind}{which} was replaced after it was proven"
            : null;
    }

    private static string? Proof(CatalogBackup backup, GateDemand demand)
        => backup.Manifest.ProofLevel < demand.Level ? $"its proof level is {backup.Manifest.ProofLevel.Word()}, demanded is {demand.Level.Word()}"
            : backup.Manifest.Evidence.All(evidence => evidence.Level < demand.Level) ? $"its manifest has no evidence for level {demand.Level.Word()}"
            : null;

    private static string? Key(BackupManifest manifest, GateDemand demand)
        => manifest.Encryption is { KeyId: var needed } && needed != demand.KeyId
            ? $"it is encrypted with the key {needed}, and {StoreFaults.KeyText(demand.KeyId)} (BACKUP_KEY, BACKUP_KEY_FILE)"
            : null;

    private static string? Age(BackupManifest manifest, GateDemand demand)
    {
        var age = demand.Now - manifest.EndedUtc;
        return age < -BackupClock.Tolerance ? $"it ended in the future, at {Quantity.Utc(manifest.EndedUtc)}; now it is {Quantity.Utc(demand.Now)}"
            : age > demand.MaximumAge ? $"it is {Quantity.Duration(age)} old, allowed are {Quantity.Duration(demand.MaximumAge)}"
            : null;
    }

    private static string? Order(BackupManifest manifest, GateDemand demand)
        => demand.LastMigration is { } last && manifest.SnapshotUtc <= last
            ? $"its snapshot ({Quantity.Utc(manifest.SnapshotUtc)}) is not after the last migration ({Quantity.Utc(last)})"
            : null;
}
