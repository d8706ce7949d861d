using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ZstdNet;

namespace Belay.Backups.Compression;

/// <summary>Each block as a zstd frame with its checksum; frames in a row are one file for <c>zstd -d</c> (RFC 8878, 3).</summary>
internal sealed class ZstdFrames(int level) : IFrameEncoder
{
    private readonly CompressionOptions options = new(
        null, new Dictionary<ZSTD_cParameter, int> { [ZSTD_cParameter.ZSTD_c_checksumFlag] = 1 }, level);
    private readonly ConcurrentBag<Compressor> idle = [];

    /// <summary>By the C library where the package has it for this machine; otherwise by the same code in C#, at half the speed.</summary>
    public static IFrameEncoder Create(int level)
        => NativeLibrary.TryLoad("libzstd", typeof(Compressor).Assembly, null, out _)
            ? new ZstdFrames(level)
            : new ManagedZstdFrames(level);

    public EncodedFrame Encode(ReadOnlySpan<byte> block)
    {
        var compressor = idle.TryTake(out var kept) ? kept : new Compressor(options);
        var buffer = ArrayPool<byte>.Shared.Rent(Compressor.GetCompressBound(block.Length));
        var length = compressor.Wrap(block, buffer.AsSpan());
        idle.Add(compressor);
        return new EncodedFrame(buffer, length);
    }

    public void Dispose()
    {
        while (idle.TryTake(out var compressor))
        {
            compressor.Dispose();
        }

        options.Dispose();
    }
}
