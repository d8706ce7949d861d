using Belay.Storage;

namespace Belay.Backups.Catalogue;

/// <summary>Puts backups on hold, so that cleanup never deletes them, and releases them.</summary>
/// <param name="store">Where the backups are.</param>
internal sealed class BackupHolds(IBackupStore store)
{
    /// <summary>Where warnings go; null for nowhere.</summary>
    public IReleaseOutput? Output { get; init; }

    /// <summary>Puts a backup on hold or releases it.</summary>
    /// <param name="reason">Why it is on hold; null to release it.</param>
    /// <returns>The manifest as it now is in the store.</returns>
    /// <exception cref="BackupException">It is gone, was edited, or is sealed with another key than this run's.</exception>
    public async Task<BackupManifest> SetAsync(CatalogBackup backup, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(backup);
        var changed = await StoredManifest.UpdateAsync(
            store, backup.ManifestObject.Name, manifest => manifest with { Hold = reason }, cancellationToken);
        await new BackupLabels(store, Output).WriteAsync(changed, cancellationToken);
        return changed;
    }
}
