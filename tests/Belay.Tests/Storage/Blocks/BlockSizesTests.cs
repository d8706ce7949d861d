using Belay.Storage;
using Belay.Storage.Blocks;

namespace Belay.Tests.Storage.Blocks;

public sealed class BlockSizesTests
{
    [Theory]
    [InlineData(nameof(BlockSizes.Azure), 150L << 40, 4000L << 20)]
    [InlineData(nameof(BlockSizes.S3), 5L << 40, 5L << 30)]
    public void Holds_the_largest_object_of_the_store(string store, long atLeast, long largestBlock)
    {
        var sizes = store == nameof(BlockSizes.S3) ? BlockSizes.S3 : BlockSizes.Azure;
        long total = 0;
        long previous = 0;
        for (var block = 0; block < sizes.MaximumBlocks; block++)
        {
            var size = sizes.SizeAt(total);
            Assert.InRange(size, previous, largestBlock);
            previous = size;
            total += size;
        }

        Assert.True(total > atLeast, $"{sizes.MaximumBlocks} blocks hold only {Quantity.Bytes(total)}.");
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(5L << 30, 4)]
    [InlineData(100L << 30, 69)]
    [InlineData(1L << 40, 700)]
    [InlineData(100L << 40, 4000)]
    public void Grows_with_the_stream(long offset, long mebibytes) => Assert.Equal(mebibytes << 20, BlockSizes.Azure.SizeAt(offset));

    [Theory]
    [InlineData(0, 8)]
    [InlineData(10L << 30, 8)]
    [InlineData(100L << 30, 79)]
    [InlineData(1L << 40, 807)]
    [InlineData(5L << 40, 4033)]
    public void Grows_within_what_S3_takes_as_a_part(long offset, long mebibytes)
        => Assert.Equal(mebibytes << 20, BlockSizes.S3.SizeAt(offset));

    [Fact]
    public void Refuses_an_offset_before_the_start()
        => Assert.Throws<ArgumentOutOfRangeException>(() => BlockSizes.Azure.SizeAt(-1));
}
