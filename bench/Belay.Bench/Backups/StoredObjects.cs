using Belay.Storage;

namespace Belay.Bench.Backups;

/// <summary>Counts what a run left in the store, and takes it away.</summary>
internal static class StoredObjects
{
    private const int MostAttempts = 90;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Adds the sizes up and deletes the objects.</summary>
    /// <param name="store">The store below the run's own prefix.</param>
    /// <returns>The bytes; manifests included.</returns>
    public static async Task<long> CollectAsync(IBackupStore store, CancellationToken cancellationToken)
    {
        var found = new List<StoredObject>();
        await foreach (var item in store.ListAsync("", cancellationToken))
        {
            found.Add(item);
        }

        foreach (var item in found)
        {
            await DeleteAsync(store, item, cancellationToken);
        }

        return found.Sum(item => item.Size);
    }

    /// <summary>A blob that was read back stays leased for a quarter of a minute, that of a killed run for a minute.</summary>
    private static async Task DeleteAsync(IBackupStore store, StoredObject item, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await store.DeleteAsync(item, cancellationToken);
                return;
            }
            catch (ProtectedObjectException) when (attempt < MostAttempts)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
    }
}
