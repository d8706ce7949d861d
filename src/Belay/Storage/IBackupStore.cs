namespace Belay.Storage;

/// <summary>A place that keeps objects whole: an object is either committed with all its bytes or is not there.</summary>
/// <remarks>
/// Names are relative to the location's prefix. Every method throws <see cref="StoreException"/> for a fault of the store,
/// naming the store and the object, and <see cref="OperationCanceledException"/> when cancelled.
/// </remarks>
public interface IBackupStore
{
    /// <summary>The store as people may see it, without keys or signatures.</summary>
    string DisplayName { get; }

    /// <summary>Writes, reads back and deletes a small object, so that a dump is not taken in vain.</summary>
    Task ProbeAsync(CancellationToken cancellationToken);

    /// <summary>The object, or null when there is none of this name.</summary>
    Task<StoredObject?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>All committed objects whose name starts with the prefix, in name order.</summary>
    IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Opens an object for one sequential read of all its bytes.</summary>
    Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Begins an upload of unknown length. Nothing is visible under the name until it is committed.</summary>
    Task<IObjectUpload> BeginUploadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes a small object at once, creating it; fails when the name exists with other bytes.</summary>
    Task CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Replaces a small object, only if it is still the given version.</summary>
    /// <returns>False when it changed or vanished meanwhile.</returns>
    Task<bool> ReplaceAsync(StoredObject expected, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Marks an object as in use, so that it cannot be deleted. Any number of users may hold a mark at the same time.</summary>
    /// <param name="name">The object's name.</param>
    /// <param name="lost">Called once with the reason when the mark could not be renewed for so long that it may have ended.</param>
    /// <param name="cancellationToken">Stops the marking; a mark that was set stays until it is disposed.</param>
    /// <returns>Ends the mark when disposed. The mark of a killed process ends by itself, within two minutes.</returns>
    Task<IAsyncDisposable> UseAsync(string name, Action<string> lost, CancellationToken cancellationToken);

    /// <summary>Deletes an object, only if it is still the given version.</summary>
    /// <returns>False when it changed meanwhile; true when deleted or already gone.</returns>
    /// <exception cref="ProtectedObjectException">The store keeps it now, for example because it is in use.</exception>
    Task<bool> DeleteAsync(StoredObject expected, CancellationToken cancellationToken);
}
