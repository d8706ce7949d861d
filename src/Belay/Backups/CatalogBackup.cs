using Belay.Storage;

namespace Belay.Backups;

/// <summary>A backup as the store holds it now.</summary>
public sealed record CatalogBackup
{
    /// <summary>Its manifest, hash checked.</summary>
    public required BackupManifest Manifest { get; init; }

    /// <summary>The manifest's object.</summary>
    public required StoredObject ManifestObject { get; init; }

    /// <summary>The dump's object; null when it is missing.</summary>
    public StoredObject? DumpObject { get; init; }

    /// <summary>The object of roles and tablespaces; null when there is none.</summary>
    public StoredObject? GlobalsObject { get; init; }

    /// <summary>Whether the manifest names roles and tablespaces that are not there.</summary>
    public bool LacksGlobals => Manifest.GlobalsObjectName is not null && GlobalsObject is null;

    /// <summary>Whether the dump is there with the size that the manifest says, and the roles and tablespaces that it names.</summary>
    public bool IsComplete => DumpObject?.Size == Manifest.Size && !LacksGlobals;

    /// <summary>Whether it is complete and was read back, or more.</summary>
    public bool IsProven => IsComplete && Manifest.ProofLevel >= ProofLevel.Readback;

    /// <summary>The bytes that it takes in the store.</summary>
    public long StoredBytes => ManifestObject.Size + (DumpObject?.Size ?? 0) + (GlobalsObject?.Size ?? 0);
}
