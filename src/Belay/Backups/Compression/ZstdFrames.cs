using System.Buffers;
using System.Collections.Concurrent;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Belay.Backups.Compression;

/// <summary>Each block as a zstd frame with its checksum; frames in a row are one file for <c>zstd -d</c> (RFC 8878, 3).</summary>
internal sealed class ZstdFrames(int level) : IFrameEncoder
{
    private readonly ConcurrentBag<Compressor> idle = [];

    public EncodedFrame Encode(ReadOnlySpan<byte> block)
    {
        var compressor = idle.TryTake(out var kept) ? kept : Create();
        var buffer = ArrayPool<byte>.Shared.Rent(Compressor.GetCompressBound(block.Length));
        var length = compressor.Wrap(block, buffer);
        idle.Add(compressor);
        return new EncodedFrame(buffer, length);
    }

    public void Dispose()
    {
        while (idle.TryTake(out var compressor))
        {
            compressor.Dispose();
        }
    }

    private Compressor Create()
    {
        var compressor = new Compressor(level);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return compressor;
    }
}
