namespace Belay.Storage.Blocks;

/// <summary>Cuts a stream into blocks and sends a bounded number of them at a time; a slow store makes the writer wait.</summary>
/// <param name="send">Sends one block until the store has accepted it.</param>
internal sealed class BlockQueue(BlockQueueOptions options, Func<Block, CancellationToken, Task> send) : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> sending = [];
    private Block? filling;
    private long bytesInFlight;
    private bool disposed;
    private int accepted;

    /// <summary>How many bytes were taken.</summary>
    public long Length { get; private set; }

    /// <summary>How many blocks were begun.</summary>
    public int Count { get; private set; }

    public int Accepted => Volatile.Read(ref accepted);

    /// <exception cref="StoreException">A block was refused, or the object needs more blocks than the store takes.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (bytes.Length > 0)
        {
            filling ??= Begin();
            var taken = filling.Append(bytes.Span);
            Length += taken;
            bytes = bytes[taken..];
            if (filling.IsFull)
            {
                await DispatchAsync(cancellationToken);
            }
        }
    }

    /// <summary>Sends what is left and waits until every block is accepted.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (filling is not null)
        {
            await DispatchAsync(cancellationToken);
        }

        while (sending.Count > 0)
        {
            await SettleOneAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        await stop.CancelAsync();
        await Task.WhenAll(sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        filling?.Dispose();
        filling = null;
        stop.Dispose();
    }

    private Block Begin()
        => Count < options.Sizes.MaximumBlocks
            ? new Block(options.Pool, Count++, options.Sizes.SizeAt(Length))
            : throw new StoreException(
                $"The object is larger than {Count} blocks, the most that the store takes ({Quantity.Bytes(Length)} sent).");

    private async Task DispatchAsync(CancellationToken cancellationToken)
    {
        while (sending.Count >= options.MaximumInFlight
            || (sending.Count > 0 && Interlocked.Read(ref bytesInFlight) + filling!.Length > options.MaximumBytesInFlight))
        {
            await SettleOneAsync(cancellationToken);
        }

        var block = filling!;
        filling = null;
        Interlocked.Add(ref bytesInFlight, block.Length);
        sending.Add(SendAsync(block));
    }

    private async Task SettleOneAsync(CancellationToken cancellationToken)
    {
        var settled = await Task.WhenAny(sending).WaitAsync(cancellationToken);
        sending.Remove(settled);
        await settled;
    }

    private async Task SendAsync(Block block)
    {
        try
        {
            await Task.Yield();
            await send(block, stop.Token);
            Interlocked.Increment(ref accepted);
        }
        finally
        {
            // Its memory first: who sees the room fills the next block.
            var length = block.Length;
            block.Dispose();
            Interlocked.Add(ref bytesInFlight, -length);
        }
    }
}
