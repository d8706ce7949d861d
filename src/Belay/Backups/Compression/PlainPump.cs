using System.Buffers;

namespace Belay.Backups.Compression;

/// <summary>Passes a pipe or file on as it is, in large pieces.</summary>
internal static class PlainPump
{
    private const int BlockSize = 256 << 10;

    /// <summary>Pumps until the source ends; whoever cancels ends the source too.</summary>
    public static Task RunAsync(
        Stream source, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> receive, CancellationToken cancellationToken)
        => ReadingThread.RunAsync(() => Pump(source, receive, cancellationToken));

    private static void Pump(
        Stream source, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> receive, CancellationToken cancellationToken)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        int length;
        while ((length = ReadingThread.Fill(source, block.AsMemory(0, BlockSize), cancellationToken)) > 0)
        {
            receive(block.AsMemory(0, length), cancellationToken).AsTask().GetAwaiter().GetResult();
        }

        ArrayPool<byte>.Shared.Return(block);
    }
}
