using System.Buffers;
using System.Security.Cryptography;

namespace Belay.Storage.Azure;

/// <summary>Decrypts a blob's regions one after the other. No byte is given away before its region's tag was right.</summary>
/// <param name="stored">The encrypted bytes; disposed with this stream.</param>
/// <param name="length">How many bytes are stored.</param>
internal sealed class AzureDecryptingStream(Stream stored, long length, AzureEncryptionData data, BackupKey backupKey) : AsynchronousStream
{
    private readonly AzureContentKey key = AzureContentKey.Unwrap(data, backupKey);
    private readonly byte[] nonce = new byte[AzureEncryptionData.NonceSize];
    private readonly byte[] tag = new byte[AzureEncryptionData.TagSize];
    private byte[] region = ArrayPool<byte>.Shared.Rent(data.RegionLength);
    private long left = length;
    private int start;
    private int end;

    /// <exception cref="CryptographicException">The bytes are not those that were written with the key.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (start == end)
        {
            if (left == 0 || !await FillAsync(cancellationToken))
            {
                return 0;
            }
        }

        var count = Math.Min(buffer.Length, end - start);
        region.AsMemory(start, count).CopyTo(buffer);
        start += count;
        return count;
    }

    public override async ValueTask DisposeAsync()
    {
        Release();
        await stored.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Release();
            stored.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <returns>False when the bytes end in the middle of a region, which whoever knows the length finds too few.</returns>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        var size = (int)Math.Min(data.RegionLength, left - nonce.Length - tag.Length);
        if (size < 0)
        {
            throw new CryptographicException("The last region is shorter than its nonce and tag.");
        }

        var (bytes, found) = (region.AsMemory(0, size), true);
        foreach (var part in new Memory<byte>[] { nonce, bytes, tag })
        {
            found = found && await stored.ReadAtLeastAsync(part, part.Length, false, cancellationToken) == part.Length;
        }

        if (found)
        {
            key.Decrypt(bytes.Span, nonce, tag);
            left -= nonce.Length + size + tag.Length;
            (start, end) = (0, size);
        }

        return found;
    }

    private void Release()
    {
        (start, end, left) = (0, 0, 0);
        key.Dispose();
        if (region.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(region);
            region = [];
        }
    }
}
