using System.Buffers;

namespace Belay.Storage.Blocks;

/// <summary>How a stream is cut into blocks and how many of them are sent at a time.</summary>
internal sealed record BlockQueueOptions
{
    public required BlockSizes Sizes { get; init; }

    /// <summary>Where the memory of blocks comes from.</summary>
    public ArrayPool<byte> Pool { get; init; } = ArrayPool<byte>.Shared;

    /// <summary>The most blocks sent at a time.</summary>
    public int MaximumInFlight { get; init; } = 4;

    /// <summary>The most bytes sent at a time; one block is always allowed, however large.</summary>
    public long MaximumBytesInFlight { get; init; } = 32L << 20;
}
