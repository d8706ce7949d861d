using Belay.Storage;

namespace Belay.Backups.Catalogue;

/// <summary>Takes committed objects away again that did not become a backup.</summary>
internal static class RemovedObjects
{
    /// <summary>Deletes all of them that can be deleted.</summary>
    /// <returns>The first fault; null when none of them stays.</returns>
    public static async Task<StoreException?> RemoveAsync(
        IBackupStore store, IEnumerable<StoredObject> objects, CancellationToken cancellationToken)
    {
        StoreException? fault = null;
        foreach (var item in objects)
        {
            try
            {
                await store.DeleteAsync(item, cancellationToken);
            }
            catch (StoreException exception)
            {
                fault ??= exception;
            }
        }

        return fault;
    }
}
