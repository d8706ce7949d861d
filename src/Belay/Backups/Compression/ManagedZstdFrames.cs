using System.Buffers;
using System.Collections.Concurrent;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Belay.Backups.Compression;

/// <summary>The same frames as <see cref="ZstdFrames"/> makes, for machines that the C library was not built for: musl,
/// other processors.</summary>
internal sealed class ManagedZstdFrames(int level) : IFrameEncoder
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
