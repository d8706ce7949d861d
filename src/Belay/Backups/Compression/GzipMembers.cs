using System.Buffers;
using System.IO.Compression;

namespace Belay.Backups.Compression;

/// <summary>Each block as a gzip member with its CRC-32; members in a row are one file for <c>gunzip</c> (RFC 1952, 2.2).</summary>
internal sealed class GzipMembers(int level) : IFrameEncoder
{
    private readonly ZLibCompressionOptions options = new() { CompressionLevel = level };

    public EncodedFrame Encode(ReadOnlySpan<byte> block)
    {
        // deflate stores what it cannot compress with 5 bytes per 16 KiB (zlib's compressBound), plus the member's head and tail.
        var buffer = ArrayPool<byte>.Shared.Rent(block.Length + (block.Length >> 10) + 1024);
        using var target = new MemoryStream(buffer);
        using (var gzip = new GZipStream(target, options, leaveOpen: true))
        {
            gzip.Write(block);
        }

        return new EncodedFrame(buffer, (int)target.Position);
    }

    public void Dispose()
    {
    }
}
