using Belay.Storage;

namespace Belay.Backups.Compression;

/// <summary>Bytes that were read already, and then the stream that they came from, which is left open.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> first, Stream next) : ForwardStream
{
    private ReadOnlyMemory<byte> left = first;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => left.IsEmpty ? await next.ReadAsync(buffer, cancellationToken) : Take(buffer.Span);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
        => left.IsEmpty ? next.Read(buffer, offset, count) : Take(buffer.AsSpan(offset, count));

    private int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, left.Length);
        left.Span[..count].CopyTo(buffer);
        left = left[count..];
        return count;
    }
}
