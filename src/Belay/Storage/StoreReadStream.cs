namespace Belay.Storage;

/// <summary>A download that explains its faults and notices when it ends early.</summary>
internal sealed class StoreReadStream(Stream inner, StoreReadSource source) : AsynchronousStream
{
    private long position;
    private bool disposed;

    public override long Length => source.Size;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        try
        {
            count = await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception fault) when (source.IsFault(fault, cancellationToken))
        {
            throw source.Explain(fault);
        }

        return Count(count, buffer.Length);
    }

    /// <summary>Disposes the inner stream once: not every stream of a library bears a second time.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (!disposed)
        {
            disposed = true;
            await inner.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !disposed)
        {
            disposed = true;
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int count, int wanted)
    {
        position += count;
        return count > 0 || wanted == 0 || position == source.Size
            ? count
            : throw StoreFaults.Short(source.Store, source.Name, source.Size, position);
    }
}
