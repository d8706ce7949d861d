namespace Belay.Storage;

/// <summary>A stream from afar or from other threads, which nobody waits for on a thread of its own.</summary>
internal abstract class AsynchronousStream : ForwardStream
{
    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <exception cref="NotSupportedException">Always.</exception>
    public sealed override int Read(byte[] buffer, int offset, int count)
        => throw new NotSupportedException($"{GetType().Name} is read asynchronously.");
}
