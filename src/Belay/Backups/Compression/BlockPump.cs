using System.Buffers;

namespace Belay.Backups.Compression;

/// <summary>Passes a stream on as it is, in large pieces.</summary>
internal static class BlockPump
{
    private const int BlockSize = 256 << 10;

    /// <summary>Pumps until the source ends.</summary>
    public static async Task RunAsync(
        Stream source, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> receive, CancellationToken cancellationToken)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            int length;
            while ((length = await source.ReadAsync(block.AsMemory(0, BlockSize), cancellationToken)) > 0)
            {
                await receive(block.AsMemory(0, length), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
