using Belay.Storage;

namespace Belay.Backups.Catalogue;

/// <summary>Keeps a backup from cleanups that run at the same time.</summary>
/// <param name="store">Where the backup is.</param>
/// <param name="output">Where it is told that the mark was lost; null for nowhere.</param>
internal sealed class BackupUse(IBackupStore store, IReleaseOutput? output, TimeProvider timeProvider)
{
    private static readonly NoMark Unmarked = new();

    /// <summary>Marks the dump, then notes the use in the manifest.</summary>
    /// <remarks>
    /// The note closes the gap between a cleanup's look and its deed: a cleanup deletes the manifest first, and only the version that it
    /// has read. Either it is too late with that, or the note finds no manifest, and the caller knows that the backup is gone.
    /// </remarks>
    /// <returns>Ends the use when disposed. Where the store may only be read there is no mark, and a warning says so.</returns>
    /// <exception cref="BackupException">The manifest is gone or was edited.</exception>
    /// <exception cref="StoreException">The dump is missing, or the store cannot be read.</exception>
    public async Task<IAsyncDisposable> BeginAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        var use = await TryMarkAsync(manifest, cancellationToken);
        try
        {
            await TryNoteAsync(manifest, isMarked: use is not null, cancellationToken);
            return use ?? Unmarked;
        }
        catch
        {
            await (use?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
    }

    /// <summary>Reading must not need writing: a key that may only read, a read-only mount and a full disk do.</summary>
    private async Task<IAsyncDisposable?> TryMarkAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        try
        {
            return await store.UseAsync(
                manifest.ObjectName,
                reason => output?.Warn(
                    $"Backup {manifest.Id} is not marked as in use any more, so a cleanup that runs now could delete it: {reason}"),
                cancellationToken);
        }
        catch (StoreException fault)
        {
            if (await store.FindAsync(manifest.ObjectName, cancellationToken) is null)
            {
                throw;
            }

            Warn(manifest, fault);
            return null;
        }
    }

    private async Task TryNoteAsync(BackupManifest manifest, bool isMarked, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        try
        {
            await StoredManifest.UpdateAsync(
                store, StoredManifest.NameOf(manifest), current => current with { UsedUtc = now }, cancellationToken);
        }
        catch (StoreException fault)
        {
            if (isMarked)
            {
                Warn(manifest, fault);
            }
        }
    }

    private void Warn(BackupManifest manifest, StoreException fault)
        => output?.Warn(
            $"Backup {manifest.Id} is read without being marked as in use, so a cleanup that runs now could delete it: {fault.Message}");

    private sealed class NoMark : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
