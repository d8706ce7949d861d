using Belay.Storage;

namespace Belay.Backups.Catalogue;

/// <summary>A backup as the store holds it now.</summary>
internal sealed record CatalogBackup
{
    /// <summary>Its manifest, hash checked.</summary>
    public required BackupManifest Manifest { get; init; }

    /// <summary>The manifest's object.</summary>
    public required StoredObject ManifestObject { get; init; }

    /// <summary>The dump's object, or the table of contents of a dump of several; null when it is missing.</summary>
    public StoredObject? DumpObject { get; init; }

    /// <summary>Those objects of a dump of several that are there, by name; empty for a dump that is one object.</summary>
    public IReadOnlyDictionary<string, StoredObject> PartObjects { get; init; } = new Dictionary<string, StoredObject>();

    /// <summary>All objects of the dump that are there.</summary>
    public IEnumerable<StoredObject> DumpObjects => Manifest.DumpParts.Select(Find).OfType<StoredObject>();

    /// <summary>The object of roles and tablespaces; null when there is none.</summary>
    public StoredObject? GlobalsObject { get; init; }

    /// <summary>Why the manifest's seal is not one of the store's <c>RECORD_KEY</c>, as a clause; null when it is,
    /// or without a key.</summary>
    public string? SealFault { get; init; }

    /// <summary>What reading its bytes found, as a clause; null when nobody read them or they are right.</summary>
    public string? ReadFault { get; init; }

    /// <summary>The object of one part; null when it is missing.</summary>
    /// <param name="part">One of the manifest's <see cref="BackupManifest.DumpParts"/>.</param>
    public StoredObject? Find(BackupPart part) => part.File.Length == 0 ? DumpObject : PartObjects.GetValueOrDefault(part.ObjectName);
}
