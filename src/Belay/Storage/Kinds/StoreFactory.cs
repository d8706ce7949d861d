using Belay.Storage.Azure;
using Belay.Storage.Folder;
using Belay.Storage.S3;

namespace Belay.Storage.Kinds;

/// <summary>Opens the store that a location names.</summary>
public static class StoreFactory
{
    /// <summary>Opens a store. Nothing is read or written yet.</summary>
    /// <param name="location">Where backups are kept.</param>
    /// <param name="timeProvider">The clock; the system's when null.</param>
    /// <exception cref="StoreException">The location's address or key cannot be understood.</exception>
    public static IBackupStore Open(StoreLocation location, TimeProvider? timeProvider = null) => location switch
    {
        FolderStoreLocation folder => new FolderStore(folder, timeProvider ?? TimeProvider.System),
        AzureStoreLocation azure => new AzureBlobStore(azure, new AzureStoreOptions { TimeProvider = timeProvider ?? TimeProvider.System }),
        S3StoreLocation s3 => new S3Store(s3, new S3StoreOptions { TimeProvider = timeProvider ?? TimeProvider.System }),
        _ => throw new StoreException($"{location.DisplayName} is not a kind of store that Belay knows."),
    };
}
