using System.Buffers;
using System.Threading.Channels;

namespace Belay.Backups.Compression;

/// <summary>Reads a pipe or file in blocks, compresses several at once and passes them on in their order.
/// Holds a fixed number of blocks.</summary>
internal sealed class FramePump(IFrameEncoder encoder, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> receive)
{
    /// <summary>
    /// Large enough that independent frames cost under 1 % of the size, small enough that memory stays in tens of MiB; and what a codec
    /// may add still fits into 1 MiB, because the pool rounds up to powers of two.
    /// </summary>
    private const int BlockSize = (1 << 20) - (16 << 10);

    /// <summary>How many blocks are compressed at once. The default is one for each processor, 2 to 8.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 2, 8);

    /// <summary>Pumps until the source ends; whoever cancels ends the source too.</summary>
    public async Task RunAsync(Stream source, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var frames = Channel.CreateBounded<Task<EncodedFrame>>(Workers);
        var sending = SendAsync(frames.Reader, stop.Token);
        var reading = ReadingThread.RunAsync(() => Read(source, frames.Writer, stop.Token));
        try
        {
            await await Task.WhenAny(reading, sending);
            frames.Writer.Complete();
            await sending;
        }
        catch
        {
            // A sender that failed does not wait for the reader, which a silent source may hold: the fault makes the source's owner end it.
            // After a cancellation the reader goes first, because a pipe cannot be closed while a read waits in it.
            await stop.CancelAsync();
            await (cancellationToken.IsCancellationRequested ? reading : Task.CompletedTask)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private void Read(Stream source, ChannelWriter<Task<EncodedFrame>> frames, CancellationToken cancellationToken)
    {
        while (true)
        {
            var block = ArrayPool<byte>.Shared.Rent(BlockSize);
            var length = ReadingThread.Fill(source, block.AsMemory(0, BlockSize), cancellationToken);
            if (length == 0)
            {
                ArrayPool<byte>.Shared.Return(block);
                return;
            }

            frames.WriteAsync(Task.Run(() => Encode(block, length), cancellationToken), cancellationToken)
                .AsTask()
                .GetAwaiter()
                .GetResult();
        }
    }

    private EncodedFrame Encode(byte[] block, int length)
    {
        var frame = encoder.Encode(block.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(block);
        return frame;
    }

    private async Task SendAsync(ChannelReader<Task<EncodedFrame>> frames, CancellationToken cancellationToken)
    {
        await foreach (var encoding in frames.ReadAllAsync(cancellationToken))
        {
            var frame = await encoding;
            await receive(frame.Buffer.AsMemory(0, frame.Length), cancellationToken);
            ArrayPool<byte>.Shared.Return(frame.Buffer);
        }
    }
}
