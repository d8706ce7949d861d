using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;

namespace Belay.Storage.Azure;

/// <summary>The SDK's client-side encryption 2.0 with a local key: AES-256-GCM in regions of 4 MiB under
/// a random key for each blob.</summary>
internal sealed class AzureEncryption(BackupKey key, BlobContainerClient container)
{
    public ObjectEncryption Description { get; } = new(
        $"Azure Storage client-side encryption 2.0 (AES-256-GCM, key wrapped by {AzureKeyWrap.Algorithm})", key.Id);

    /// <summary>A key for one blob.</summary>
    public AzureContentKey MakeKey() => new(key);

    /// <summary>A view of a blob that decrypts downloads.</summary>
    public BlobClient BlobOf(string path)
        => container.GetBlobClient(path).WithClientSideEncryptionOptions(new ClientSideEncryptionOptions(ClientSideEncryptionVersion.V2_0)
        {
            KeyEncryptionKey = new AzureKeyWrap(key),
            KeyWrapAlgorithm = AzureKeyWrap.Algorithm,
        });
}
