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

    /// <summary>How many objects are read or deleted at the same time where there are many. The default is 1.</summary>
    int Concurrency => 1;

    /// <summary>How uploads are encrypted before they leave this machine; null when they are stored as they are.
    /// Small objects never are.</summary>
    ObjectEncryption? Encryption => null;

    /// <summary>The key that the manifests in the store are sealed with, and that a gate demands of their seals; null for none.</summary>
    BackupKey? RecordKey => null;

    /// <summary>Writes, reads back and deletes a small object, so that a dump is not taken in vain.</summary>
    Task ProbeAsync(CancellationToken cancellationToken);

    /// <summary>What the probe found that the store does not do as it should, as a clause that begins with <c>it</c>;
    /// null for nothing, or before the probe.</summary>
    string? Weakness => null;

    /// <summary>The object, or null when there is none of this name.</summary>
    Task<StoredObject?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>All committed objects whose name starts with the prefix, in name order.</summary>
    IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Opens an object for one sequential read of all its bytes, decrypted where they are encrypted.</summary>
    /// <exception cref="DamagedObjectException">The bytes were not written with the key; thrown while reading too.</exception>
    Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Begins an upload of unknown length. Nothing is visible under the name until it is committed.</summary>
    Task<IObjectUpload> BeginUploadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes a small object at once, creating it; fails when the name exists with other bytes.</summary>
    Task CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Sees that a small object that was just created is this run's, although another one may have wanted its name in the same
    /// moment. A store that creates a name once has seen to that before.</summary>
    /// <exception cref="StoreException">The name holds other bytes.</exception>
    Task ConfirmAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Replaces a small object, only if it is still the given version.</summary>
    /// <returns>False when it changed or vanished meanwhile.</returns>
    Task<bool> ReplaceAsync(StoredObject expected, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Marks an object as in use, so that it cannot be deleted. Any number of users may hold a mark at the same time.</summary>
    /// <param name="lost">Called once with the reason when the mark could not be renewed for so long that it may have ended.</param>
    /// <param name="cancellationToken">Stops the marking; a mark that was set stays until it is disposed.</param>
    /// <returns>Ends the mark when disposed. The mark of a killed process ends by itself, within two minutes.</returns>
    Task<IAsyncDisposable> UseAsync(string name, Action<string> lost, CancellationToken cancellationToken);

    /// <summary>Deletes an object, only if it is still the given version.</summary>
    /// <returns>False when it changed meanwhile; true when deleted or already gone.</returns>
    /// <exception cref="ProtectedObjectException">The store keeps it now, for example because it is in use.</exception>
    Task<bool> DeleteAsync(StoredObject expected, CancellationToken cancellationToken);

    /// <summary>Labels an object, so that other programs find it without reading it (Azure: blob index tags; S3: object tags). A store
    /// without labels does nothing.</summary>
    /// <remarks>Labels are no truth: they may be missing or old. A store that may not write them says so
    /// once and is silent from then on.</remarks>
    /// <param name="labels">All its labels; others are removed. Characters that the store does not take become underscores.</param>
    Task LabelAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Has the store refuse to change or delete an object until a time.</summary>
    /// <returns>Until when the store itself says afterwards that it refuses; null when it does not say so,
    /// as stores without immutability never do.</returns>
    Task<DateTimeOffset?> MakeImmutableAsync(string name, DateTimeOffset until, CancellationToken cancellationToken)
        => Task.FromResult<DateTimeOffset?>(null);

    /// <summary>Looks for what killed uploads left that the store alone understands: hidden files, which are removed, or blocks that the
    /// service drops by itself. See also <see cref="IUnfinishedUploads"/>.</summary>
    /// <returns>What was found and what becomes of it, for people; empty for nothing.</returns>
    Task<IReadOnlyList<string>> SweepUploadsAsync(bool dryRun, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<string>>([]);
}
