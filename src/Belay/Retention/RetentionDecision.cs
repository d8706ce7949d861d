using Belay.Backups.Catalogue;
using Belay.Storage;

namespace Belay.Retention;

/// <summary>What becomes of one backup or orphan, and why.</summary>
internal sealed record RetentionDecision
{
    /// <summary>The database and id of a backup, or the name of an orphaned object.</summary>
    public required string Name { get; init; }

    /// <summary>Its objects in the order of deletion: without the manifest, deleted first, the others are no backup any more.</summary>
    public required IReadOnlyList<StoredObject> Objects { get; init; }

    /// <summary>Whether it is deleted.</summary>
    public required bool Deletes { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The backup that stays and for which this one goes; null when nothing that could be restored goes.</summary>
    public CatalogBackup? Survivor { get; init; }

    /// <summary>What it takes in the store, in bytes.</summary>
    public long Bytes => Objects.Sum(found => found.Size);

    /// <inheritdoc/>
    public override string ToString() => $"{(Deletes ? "Delete" : "Keep")} {Name} ({Quantity.Bytes(Bytes)}): {Reason}";
}
