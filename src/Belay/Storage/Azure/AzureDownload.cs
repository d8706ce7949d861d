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
            try
            {
                return Open(name, plain);
            }
            catch
            {
                await plain.Content.DisposeAsync();
                throw;
            }
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

    private StoreReadStream Open(string name, BlobDownloadStreamingResult stored)
    {
        var length = stored.Details.ContentLength;
        if (AzureEncryptionData.Read(stored.Details.Metadata) is not { } data)
        {
            return Wrap(name, stored.Content, length);
        }

        if (encryption?.Description.KeyId != data.KeyId)
        {
            throw StoreFaults.OtherKey(faults.Store, name, (data.KeyId, encryption?.Description.KeyId));
        }

#pragma warning disable CA2000 // The stream that is returned disposes it.
        return Wrap(name, encryption.Open(stored.Content, length, data), data.PlainLength(length));
#pragma warning restore CA2000
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
