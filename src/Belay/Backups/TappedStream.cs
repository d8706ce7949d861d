using Belay.Storage;

namespace Belay.Backups;

/// <summary>Reads through to a stream, and shows every piece that passes. Whoever made the stream below closes it.</summary>
internal sealed class TappedStream(Stream source, Action<ReadOnlyMemory<byte>> see) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await source.ReadAsync(buffer, cancellationToken);
        see(buffer[..count]);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = source.Read(buffer, offset, count);
        see(buffer.AsMemory(offset, read));
        return read;
    }
}
