using System.Buffers;

namespace Belay.Backups.Compression;

/// <summary>Cuts a stream of zstd frames into frames that can be decoded each on its own.</summary>
internal sealed class ZstdFrameReader(Stream packed) : IDisposable
{
    /// <summary>Four times what <see cref="FramePump"/> makes of a block, and twice what it once made. What is larger was made by others,
    /// and is read as a stream.</summary>
    public const int LargestContent = 4 << 20;

    private const int Capacity = 4 << 20;
    private const int Piece = 256 << 10;

    private readonly byte[] window = ArrayPool<byte>.Shared.Rent(Capacity);
    private int start;
    private int end;
    private bool isEnded;

    /// <summary>What was read and is in no frame yet.</summary>
    public ReadOnlyMemory<byte> Rest => window.AsMemory(start, end - start);

    /// <summary>The next frame, in a pooled buffer that its user gives back.</summary>
    /// <returns>Null at the end, and where something else stands than such a frame: <see cref="Rest"/> begins with it.</returns>
    public async ValueTask<(EncodedFrame Encoded, int ContentSize)?> NextAsync(CancellationToken cancellationToken)
    {
        while (ZstdFrame.TryFind(Rest.Span, LargestContent, out var found))
        {
            if (found is { } frame)
            {
                var buffer = ArrayPool<byte>.Shared.Rent(frame.Length);
                Rest[..frame.Length].CopyTo(buffer);
                start += frame.Length;
                return (new EncodedFrame(buffer, frame.Length), frame.ContentSize);
            }

            if (!await FillAsync(cancellationToken))
            {
                break;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(window);

    /// <returns>False when there is no more, or no room for more.</returns>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (end + Piece > Capacity)
        {
            Rest.CopyTo(window);
            (start, end) = (0, end - start);
        }

        if (isEnded || end + Piece > Capacity)
        {
            return false;
        }

        var count = await packed.ReadAsync(window.AsMemory(end, Piece), cancellationToken);
        end += count;
        isEnded = count == 0;
        return !isEnded;
    }
}
