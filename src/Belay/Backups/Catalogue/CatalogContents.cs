using Belay.Storage;

namespace Belay.Backups.Catalogue;

/// <summary>Everything of backups that a store holds, at one moment.</summary>
internal sealed record CatalogContents
{
    /// <summary>The backups with a readable manifest, newest end first; their dump may be missing.</summary>
    public required IReadOnlyList<CatalogBackup> Backups { get; init; }

    /// <summary>The manifests that cannot be trusted.</summary>
    public required IReadOnlyList<UnreadableManifest> Unreadable { get; init; }

    /// <summary>Dumps and globals without a manifest, and probes: left by a run that was killed, or of one under way.</summary>
    public required IReadOnlyList<StoredObject> Orphans { get; init; }
}
