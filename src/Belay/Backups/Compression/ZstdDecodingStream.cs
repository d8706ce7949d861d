using System.Buffers;
using System.Threading.Channels;
using Belay.Storage;

namespace Belay.Backups.Compression;

/// <summary>Decodes a stream of zstd frames on several threads, ahead of whoever reads it. Holds a fixed number of frames.</summary>
/// <remarks>What was read of the stream below is known when this one is disposed, not before.</remarks>
/// <param name="packed">The frames; left open. Read by another thread until this stream is disposed.</param>
internal sealed class ZstdDecodingStream(Stream packed) : AsynchronousStream
{
    private static readonly int Workers = Math.Clamp(Environment.ProcessorCount, 2, 8);

    private readonly Channel<Task<ArraySegment<byte>>> blocks = Channel.CreateBounded<Task<ArraySegment<byte>>>(Workers);
    private readonly CancellationTokenSource stop = new();

    /// <summary>Ends a read in the middle. Hardly any stream can be read on after that, and whoever hashes a damaged dump does.</summary>
    private readonly CancellationTokenSource abandon = new();
    private readonly ZstdFrameDecoder decoder = ZstdFrameDecoder.Create();
    private Task? reading;
    private ArraySegment<byte> block = ArraySegment<byte>.Empty;
    private int taken;
    private CancellationToken asked;
    private bool isDisposed;

    /// <exception cref="InvalidDataException">A frame is damaged, or something else than frames stands there.</exception>
    /// <exception cref="EndOfStreamException">The last frame is cut.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        asked = cancellationToken;
        reading ??= Task.Run(FillAsync, CancellationToken.None);
        while (taken == block.Count)
        {
            Return(block);
            (block, taken) = (ArraySegment<byte>.Empty, 0);
            if (!await blocks.Reader.WaitToReadAsync(cancellationToken))
            {
                return 0;
            }

            block = await await blocks.Reader.ReadAsync(cancellationToken);
        }

        var count = Math.Min(buffer.Length, block.Count - taken);
        block.AsMemory(taken, count).CopyTo(buffer);
        taken += count;
        return count;
    }

    /// <summary>Waits until the stream below is let go, at the end of a read of it unless the reader was cancelled.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        await stop.CancelAsync();
        await using (asked.Register(abandon.Cancel))
        {
            await (reading ?? Task.CompletedTask);
        }

        while (blocks.Reader.TryRead(out var decoding))
        {
            await ((Task)decoding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Return(decoding.IsCompletedSuccessfully ? await decoding : ArraySegment<byte>.Empty);
        }

        Return(block);
        decoder.Dispose();
        stop.Dispose();
        abandon.Dispose();
        await base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    private static void Return(ArraySegment<byte> used)
    {
        if (used.Array is { Length: > 0 } buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Its fault is told to whoever reads, behind what came before it.</summary>
    private async Task FillAsync()
    {
        Exception? fault = null;
        try
        {
            using var frames = new ZstdFrameReader(packed);
            while (await frames.NextAsync(abandon.Token) is var (encoded, contentSize))
            {
                await blocks.Writer.WriteAsync(
                    Task.Run(() => decoder.Decode(encoded, contentSize), CancellationToken.None), stop.Token);
            }

            await StreamAsync(frames);
        }
        catch (ZstdSharp.ZstdException exception)
        {
            fault = new InvalidDataException(exception.Message, exception);
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        blocks.Writer.Complete(fault);
    }

    /// <summary>Reads what are not frames of ours one after the other, and says so where they are none.</summary>
    private async Task StreamAsync(ZstdFrameReader frames)
    {
        await using var rest = new PrefixedStream(frames.Rest, packed);
        await using var decoded = new ZstdSharp.DecompressionStream(rest, checkEndOfStream: true);
        var isEnded = false;
        while (!isEnded)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(ZstdFrameReader.LargestContent / 16);
            var count = await decoded.ReadAsync(buffer, abandon.Token);
            isEnded = count == 0;
            await blocks.Writer.WriteAsync(Task.FromResult(new ArraySegment<byte>(buffer, 0, count)), stop.Token);
        }
    }
}
