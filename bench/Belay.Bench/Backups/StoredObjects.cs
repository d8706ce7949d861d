using Belay.Storage;

namespace Belay.Bench.Backups;

/// <summary>Counts what a run left in the store, and takes it away.</summary>
internal static class StoredObjects
{
    /// <summary>Adds the sizes up and deletes the objects.</summary>
    /// <param name="store">The store below the run's own prefix.</param>
    /// <param name="cancellationToken">Stops it.</param>
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
            await store.DeleteAsync(item, cancellationToken);
        }

        return found.Sum(item => item.Size);
    }
}
