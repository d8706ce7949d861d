using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Belay.IntegrationTests.Support;
using Belay.Storage;
using Belay.Storage.Azure;
using Belay.Storage.Kinds;

namespace Belay.IntegrationTests.Backups;

/// <summary>A store's objects behind its back: what rot, an intruder or a slip of the hand does to them.</summary>
internal sealed class StoredBytes
{
    private readonly BlobContainerClient? container;
    private readonly string folder = "";

    private StoredBytes(IBackupStore store) => Store = store;

    private StoredBytes(IBackupStore store, BlobContainerClient container)
        : this(store) => this.container = container;

    private StoredBytes(IBackupStore store, string folder)
        : this(store) => this.folder = folder;

    public IBackupStore Store { get; }

    public static StoredBytes Of(BackupBench bench) => new(bench.Store, bench.StoreFolder);

    public static StoredBytes Of(AzureStoreLocation location) => new(StoreFactory.Open(location), AzuriteFixture.Client(location));

    public async Task<byte[]> ReadAsync(string name) => container is null
        ? await File.ReadAllBytesAsync(Path.Combine(folder, name), Token)
        : (await container.GetBlobClient(name).DownloadContentAsync(Token)).Value.Content.ToArray();

    public async Task WriteAsync(string name, byte[] bytes)
    {
        if (container is null)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes, Token);
            return;
        }

        await UnlockAsync(container.GetBlobClient(name));
        await container.GetBlobClient(name)
            .UploadAsync(BinaryData.FromBytes(bytes), overwrite: true, Token);
    }

    public async Task DeleteAsync(string name)
    {
        if (container is null)
        {
            File.Delete(Path.Combine(folder, name));
            return;
        }

        await UnlockAsync(container.GetBlobClient(name));
        await container.GetBlobClient(name).DeleteAsync(cancellationToken: Token);
    }

    /// <summary>Breaks the lease of a use that has ended, as somebody does who wants to harm; where there is none,
    /// nothing is to be broken.</summary>
    private static async Task UnlockAsync(BlobClient blob)
    {
        if ((await blob.GetPropertiesAsync(cancellationToken: Token)).Value.LeaseState == LeaseState.Leased)
        {
            await blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: Token);
        }
    }
}
