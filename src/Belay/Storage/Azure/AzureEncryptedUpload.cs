using System.Buffers;

namespace Belay.Storage.Azure;

/// <summary>An upload that is encrypted on this machine before it is cut into blocks, so that the SDK decrypts it again.</summary>
/// <remarks>
/// The SDK encrypts only what it uploads itself: as one stream whose end it takes for success, in blocks that cannot grow with the object,
/// and with several copies of each region in memory.
/// </remarks>
internal sealed class AzureEncryptedUpload : IObjectUpload
{
    private readonly AzureContentKey key;
    private readonly AzureBlockUpload upload;
    private readonly ArrayPool<byte> pool;
    private readonly byte[] nonce = new byte[AzureEncryptionData.NonceSize];
    private readonly byte[] tag = new byte[AzureEncryptionData.TagSize];
    private byte[]? region;
    private int filled;

    public AzureEncryptedUpload(AzureUploadTarget target, AzureEncryption encryption, AzureStoreOptions options)
    {
        key = encryption.MakeKey();
        upload = new AzureBlockUpload(target, options) { EncryptionNote = key.Note };
        pool = options.Pool;
    }

    public int AcceptedBlocks => upload.AcceptedBlocks;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            region ??= pool.Rent(AzureEncryptionData.RegionSize);
            var count = Math.Min(AzureEncryptionData.RegionSize - filled, bytes.Length);
            bytes[..count].CopyTo(region.AsMemory(filled));
            filled += count;
            bytes = bytes[count..];
            if (filled == AzureEncryptionData.RegionSize)
            {
                await EncryptAsync(region, cancellationToken);
            }
        }
    }

    public async Task SealAsync(CancellationToken cancellationToken)
    {
        await EndAsync(cancellationToken);
        await upload.SealAsync(cancellationToken);
    }

    public async Task<StoredObject> CommitAsync(CancellationToken cancellationToken)
    {
        await EndAsync(cancellationToken);
        return await upload.CommitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        key.Dispose();
        await upload.DisposeAsync();
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        if (filled > 0)
        {
            await EncryptAsync(region!, cancellationToken);
        }

        Release();
    }

    private async Task EncryptAsync(byte[] plain, CancellationToken cancellationToken)
    {
        var bytes = plain.AsMemory(0, filled);
        key.Encrypt(bytes.Span, nonce, tag);
        filled = 0;
        await upload.WriteAsync(nonce, cancellationToken);
        await upload.WriteAsync(bytes, cancellationToken);
        await upload.WriteAsync(tag, cancellationToken);
    }

    private void Release()
    {
        if (region is not null)
        {
            pool.Return(region);
            region = null;
        }
    }
}
