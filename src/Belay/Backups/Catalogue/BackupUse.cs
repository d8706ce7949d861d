using Belay.Storage;

namespace Belay.Backups.Catalogue;

/// <summary>Keeps a backup from cleanups that run at the same time.</summary>
/// <param name="store">Where the backup is.</param>
/// <param name="output">Where it is told that the mark was lost; null for nowhere.</param>
/// <param name="timeProvider">The clock of the manifest's note.</param>
public sealed class BackupUse(IBackupStore store, IReleaseOutput? output, TimeProvider timeProvider)
{
    /// <summary>Marks the dump, then notes the use in the manifest.</summary>
    /// <remarks>
    /// The note closes the gap between a cleanup's look and its deed: a cleanup deletes the manifest first, and only the version that it
    /// has read. Either it is too late with that, or the note finds no manifest, and the caller knows that the backup is gone.
    /// </remarks>
    /// <param name="manifest">The backup.</param>
    /// <param name="cancellationToken">Stops the marking.</param>
    /// <returns>Ends the use when disposed.</returns>
    /// <exception cref="BackupException">The manifest is gone or was edited.</exception>
    /// <exception cref="StoreException">The dump is missing, or the store failed.</exception>
    public async Task<IAsyncDisposable> BeginAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        var use = await store.UseAsync(
            manifest.ObjectName,
            reason => output?.Warn($"Backup {manifest.Id} is not marked as in use any more, so a cleanup that runs now could delete it: {reason}"),
            cancellationToken);
        try
        {
            var now = timeProvider.GetUtcNow();
            await StoredManifest.UpdateAsync(store, StoredManifest.NameOf(manifest), current => current with { UsedUtc = now }, cancellationToken);
            return use;
        }
        catch
        {
            await use.DisposeAsync();
            throw;
        }
    }
}
