using System.Security.Cryptography;
using Belay.Storage;
using Belay.Storage.Blocks;
using Belay.Tests.Support;

namespace Belay.Tests.Storage.Blocks;

public sealed class BlockQueueTests
{
    private static readonly BlockSizes Small = new() { First = 3 << 20, Largest = 64 << 20, Share = 4, MaximumBlocks = 8 };

    [Fact]
    public async Task Sends_every_byte_once_with_its_hash()
    {
        var content = RandomNumberGenerator.GetBytes((10 << 20) + 17);
        var blocks = new SortedDictionary<int, byte[]>();
        await using var queue = new BlockQueue(new BlockQueueOptions { Sizes = Small }, async (block, token) =>
        {
            using var copy = new MemoryStream();
            await block.OpenRead().CopyToAsync(copy, token);
#pragma warning disable CA5351 // The stores' own check of a transfer.
            Assert.Equal(MD5.HashData(copy.ToArray()), block.Hash);
#pragma warning restore CA5351
            lock (blocks)
            {
                blocks.Add(block.Index, copy.ToArray());
            }
        });

        await queue.WriteAsync(content, Token);
        await queue.CompleteAsync(Token);

        Assert.Equal(content, blocks.Values.SelectMany(bytes => bytes).ToArray());
        Assert.Equal((blocks.Count, blocks.Count, (long)content.Length), (queue.Count, queue.Accepted, queue.Length));
    }

    [Fact]
    public async Task Holds_a_bounded_number_of_buffers_while_the_store_is_slow()
    {
        var pool = new CountingPool();
        var gate = new SemaphoreSlim(0);
        var sizes = BlockSizes.Azure;
        await using (var queue = new BlockQueue(new BlockQueueOptions { Sizes = sizes, Pool = pool }, (_, token) => gate.WaitAsync(token)))
        {
            var writing = Task.Run(() => WriteAsync(queue, 200), Token);
            while (pool.Rented < 20)
            {
                await Task.Delay(10, Token);
            }

            Assert.False(writing.IsCompleted);
            gate.Release(1000);
            await writing;
            await queue.CompleteAsync(Token);
        }

        // Four blocks of 4 MiB in flight and one being filled, in segments of 1 MiB.
        Assert.Equal(20, pool.MostRented);
        Assert.Equal(0, pool.Rented);
    }

    [Fact]
    public async Task Counts_bytes_when_blocks_are_large()
    {
        var pool = new CountingPool();
        var sizes = new BlockSizes { First = 24 << 20, Largest = 24 << 20, Share = 1, MaximumBlocks = 100 };
        var gate = new SemaphoreSlim(0);
        await using (var queue = new BlockQueue(new BlockQueueOptions { Sizes = sizes, Pool = pool }, (_, token) => gate.WaitAsync(token)))
        {
            var writing = Task.Run(() => WriteAsync(queue, 200), Token);
            while (pool.Rented < 48)
            {
                await Task.Delay(10, Token);
            }

            Assert.False(writing.IsCompleted);
            gate.Release(1000);
            await writing;
            await queue.CompleteAsync(Token);
        }

        // One block of 24 MiB in flight (two would pass 32 MiB) and one being filled.
        Assert.Equal(48, pool.MostRented);
        Assert.Equal(0, pool.Rented);
    }

    [Fact]
    public async Task Tells_the_writer_of_a_refused_block_and_returns_all_memory()
    {
        var pool = new CountingPool();
        await using (var queue = new BlockQueue(
            new BlockQueueOptions { Sizes = Small, Pool = pool }, (_, _) => throw new StoreException("refused")))
        {
            await queue.WriteAsync(new byte[4 << 20], Token);

            var fault = await Assert.ThrowsAsync<StoreException>(() => queue.CompleteAsync(Token));
            Assert.Equal("refused", fault.Message);
        }

        Assert.Equal(0, pool.Rented);
    }

    [Fact]
    public async Task Stops_what_is_in_flight_when_disposed()
    {
        var pool = new CountingPool();
        var queue = new BlockQueue(new BlockQueueOptions { Sizes = Small, Pool = pool }, (_, token) => Task.Delay(Timeout.Infinite, token));
        await queue.WriteAsync(new byte[7 << 20], Token);

        await queue.DisposeAsync();

        Assert.Equal(0, pool.Rented);
    }

    [Fact]
    public async Task Refuses_more_blocks_than_the_store_takes()
    {
        var sizes = new BlockSizes { First = 1 << 20, Largest = 1 << 20, Share = 1, MaximumBlocks = 3 };
        await using var queue = new BlockQueue(new BlockQueueOptions { Sizes = sizes }, (_, _) => Task.CompletedTask);

        var fault = await Assert.ThrowsAsync<StoreException>(() => queue.WriteAsync(new byte[(3 << 20) + 1], Token).AsTask());

        Assert.Equal("The object is larger than 3 blocks, the most that the store takes (3.0 MiB sent).", fault.Message);
    }

    private static async Task WriteAsync(BlockQueue queue, int mebibytes)
    {
        for (var index = 0; index < mebibytes; index++)
        {
            await queue.WriteAsync(new byte[1 << 20], Token);
        }
    }
}
