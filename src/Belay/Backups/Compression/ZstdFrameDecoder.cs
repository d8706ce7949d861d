using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Belay.Backups.Compression;

/// <summary>Decodes zstd frames, several at once.</summary>
/// <param name="isNative">Whether the C library does; otherwise the same code in C#.</param>
internal sealed class ZstdFrameDecoder(bool isNative) : IDisposable
{
    private readonly ConcurrentBag<ZstdNet.Decompressor> native = [];
    private readonly ConcurrentBag<ZstdSharp.Decompressor> managed = [];

    /// <summary>By the C library where the package has it for this machine.</summary>
    public static ZstdFrameDecoder Create()
        => new(NativeLibrary.TryLoad("libzstd", typeof(ZstdNet.Decompressor).Assembly, null, out _));

    /// <summary>Decodes one frame and gives its buffer back.</summary>
    /// <returns>The content in a pooled buffer, which its user gives back.</returns>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public ArraySegment<byte> Decode(EncodedFrame frame, int contentSize)
    {
        var content = ArrayPool<byte>.Shared.Rent(contentSize);
        try
        {
            var source = frame.Buffer.AsSpan(0, frame.Length);
            var target = content.AsSpan(0, contentSize);
            return new ArraySegment<byte>(content, 0, isNative ? DecodeNatively(source, target) : DecodeManaged(source, target));
        }
        catch (Exception fault) when (fault is ZstdNet.ZstdException or ZstdSharp.ZstdException or ArgumentException)
        {
            ArrayPool<byte>.Shared.Return(content);
            throw new InvalidDataException(fault.Message, fault);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame.Buffer);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (native.TryTake(out var decompressor))
        {
            decompressor.Dispose();
        }

        while (managed.TryTake(out var decompressor))
        {
            decompressor.Dispose();
        }
    }

    private int DecodeNatively(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var decompressor = native.TryTake(out var kept) ? kept : new ZstdNet.Decompressor();
        var length = decompressor.Unwrap(source, target);
        native.Add(decompressor);
        return length;
    }

    private int DecodeManaged(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var decompressor = managed.TryTake(out var kept) ? kept : new ZstdSharp.Decompressor();
        var length = decompressor.Unwrap(source, target);
        managed.Add(decompressor);
        return length;
    }
}
