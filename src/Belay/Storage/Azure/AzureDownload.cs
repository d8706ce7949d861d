using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Belay.Storage.Azure;

/// <summary>Opens a blob's bytes, decrypted where the blob says that it is encrypted.</summary>
internal sealed class AzureDownload(AzureFaults faults, AzureEncryption? encryption)
{
    /// <exception cref="StoreException">There is no such blob, or it is encrypted with another key.</exception>
    public async Task<Stream> OpenAsync(string name, BlockBlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var plain = (await blob.DownloadStreamingAsync(cancellationToken: cancellationToken)).Value;
            if (AzureEncryptionData.Read(plain.Details.Metadata) is not { } data)
            {
                return Wrap(name, plain.Content, plain.Details.ContentLength);
            }

            // The encrypted bytes are of no use; the SDK decrypts only a download of its own.
            await plain.Content.DisposeAsync();
            return await DecryptAsync(
                name, (blob, plain.Details.ETag, data.PlainLength(plain.Details.ContentLength)), data.KeyId, cancellationToken);
        }
        catch (RequestFailedException fault) when (fault is { Status: 404, ErrorCode: "BlobNotFound" })
        {
            throw StoreFaults.Missing(faults.Store, name);
        }
        catch (FormatException fault)
        {
            throw new DamagedObjectException($"'{name}' of {faults.Store} cannot be decrypted: {fault.Message}.", fault);
        }
    }

    private async Task<Stream> DecryptAsync(
        string name, (BlockBlobClient Blob, ETag Version, long Length) source, string keyId, CancellationToken cancellationToken)
    {
        if (encryption is null || encryption.Description.KeyId != keyId)
        {
            throw StoreFaults.OtherKey(faults.Store, name, (keyId, encryption?.Description.KeyId));
        }

        var options = new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = source.Version } };
        var decrypted = (await encryption.BlobOf(source.Blob.Name).DownloadStreamingAsync(options, cancellationToken)).Value;
        return Wrap(name, decrypted.Content, source.Length);
    }

    /// <summary>The SDK resumes a broken download with If-Match on the first answer's ETag, so that a swapped blob is noticed.</summary>
    private StoreReadStream Wrap(string name, Stream content, long length) => new(content, new StoreReadSource
    {
        Store = faults.Store,
        Name = name,
        Size = length,
        IsFault = AzureFaults.IsStoreFault,
        Explain = fault => faults.Explain("read", name, fault),
    });
}
