using System.Buffers;
using System.Threading.Channels;

namespace Belay.Backups.Compression;

/// <summary>Reads a stream in blocks, compresses several at once and passes them on in their order. Holds a fixed number of blocks.</summary>
internal sealed class FramePump(IFrameEncoder encoder, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> receive)
{
    /// <summary>Large enough that independent frames cost under 1 % of the size, small enough that memory stays in tens of MiB.</summary>
    private const int BlockSize = 2 << 20;

    private static readonly int Workers = Math.Clamp(Environment.ProcessorCount, 2, 8);

    /// <summary>Pumps until the source ends.</summary>
    public async Task RunAsync(Stream source, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var frames = Channel.CreateBounded<Task<EncodedFrame>>(Workers);
        var sending = SendAsync(frames.Reader, stop.CancelAsync, stop.Token);
        try
        {
            await ReadAsync(source, frames.Writer, stop.Token);
            frames.Writer.Complete();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The sender stopped the reading; its own fault is the one to tell.
            frames.Writer.Complete();
            await sending;
            throw;
        }
        catch (Exception exception)
        {
            frames.Writer.Complete(exception);
            await stop.CancelAsync();
            await sending.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }

        await sending;
    }

    private async Task ReadAsync(Stream source, ChannelWriter<Task<EncodedFrame>> frames, CancellationToken cancellationToken)
    {
        while (true)
        {
            var block = ArrayPool<byte>.Shared.Rent(BlockSize);
            var length = await source.ReadAtLeastAsync(block.AsMemory(0, BlockSize), BlockSize, throwOnEndOfStream: false, cancellationToken);
            if (length == 0)
            {
                ArrayPool<byte>.Shared.Return(block);
                return;
            }

            await frames.WriteAsync(Task.Run(() => Encode(block, length), cancellationToken), cancellationToken);
        }
    }

    private EncodedFrame Encode(byte[] block, int length)
    {
        var frame = encoder.Encode(block.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(block);
        return frame;
    }

    private async Task SendAsync(ChannelReader<Task<EncodedFrame>> frames, Func<Task> stopReading, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var encoding in frames.ReadAllAsync(cancellationToken))
            {
                var frame = await encoding;
                await receive(frame.Buffer.AsMemory(0, frame.Length), cancellationToken);
                ArrayPool<byte>.Shared.Return(frame.Buffer);
            }
        }
        catch
        {
            await stopReading();
            throw;
        }
    }
}
