namespace Belay.Storage.Blocks;

/// <summary>How large the next block of a stream of unknown length is.</summary>
/// <remarks>
/// A store takes a limited number of blocks, so blocks grow with the stream (as pgBackRest's do): constant at first, then a fixed
/// share of what was sent, which is the gentlest growth that still reaches the store's largest object.
/// </remarks>
internal sealed record BlockSizes
{
    /// <summary>Azure: 50,000 blocks of at most 4000 MiB. These hold 151 TiB; up to 5.8 GiB every block has 4 MiB.</summary>
    public static BlockSizes Azure { get; } = new() { First = 4L << 20, Largest = 4000L << 20, Share = 1500, MaximumBlocks = 50_000 };

    /// <summary>S3: 10,000 parts of 5 MiB to 5 GiB. These hold 8 TiB; up to 10 GiB every part has 8 MiB.</summary>
    public static BlockSizes S3 { get; } = new() { First = 8L << 20, Largest = 5L << 30, Share = 1300, MaximumBlocks = 10_000 };

    /// <summary>The size of the first blocks, in bytes.</summary>
    public required long First { get; init; }

    /// <summary>The largest block that the store takes, in bytes.</summary>
    public required long Largest { get; init; }

    /// <summary>A block is this part of what was sent before it: 1500 means one fifteen-hundredth.</summary>
    public required int Share { get; init; }

    /// <summary>How many blocks one object may have.</summary>
    public required int MaximumBlocks { get; init; }

    /// <summary>The size of the block that begins at an offset, in bytes; a whole number of MiB once blocks grow.</summary>
    /// <param name="offset">How many bytes the blocks before it hold.</param>
    public long SizeAt(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var share = ((offset / Share) + (1 << 20) - 1) >> 20 << 20;
        return Math.Clamp(share, First, Largest);
    }
}
