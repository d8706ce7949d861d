using Amazon.S3.Model;

namespace Belay.Storage.S3;

/// <summary>One pass over an object. A connection that breaks is taken up where it broke, if the object is still the same one.</summary>
internal sealed class S3ReadStream : AsynchronousStream
{
    /// <summary>Breaks in a row, without a byte between them.</summary>
    private const int MostBreaks = 5;

    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(60);

    private readonly Func<long, CancellationToken, Task<GetObjectResponse>> reopenAsync;
    private readonly TimeProvider timeProvider;
    private readonly long size;
    private readonly string version;
    private GetObjectResponse current;
    private long position;
    private int breaks;

    /// <param name="first">The answer that the object comes from.</param>
    /// <param name="reopenAsync">Asks for the rest from an offset, of the same version.</param>
    public S3ReadStream(
        GetObjectResponse first, Func<long, CancellationToken, Task<GetObjectResponse>> reopenAsync, TimeProvider timeProvider)
    {
        (current, size, version) = (first, first.ContentLength, first.ETag);
        this.reopenAsync = reopenAsync;
        this.timeProvider = timeProvider;
    }

    public override long Length => size;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var count = await ReadOnceAsync(buffer, cancellationToken);
                if (count > 0 || position == size || buffer.Length == 0 || breaks == MostBreaks)
                {
                    position += count;
                    breaks = count > 0 ? 0 : breaks;
                    return count;
                }
            }
            catch (Exception fault) when (breaks < MostBreaks && IsBreak(fault) && !cancellationToken.IsCancellationRequested)
            {
                // What broke is asked for again below.
            }

            await ReopenAsync(cancellationToken);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            current.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool IsBreak(Exception fault) => fault is IOException or HttpRequestException or OperationCanceledException;

    private async Task<int> ReadOnceAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(SilenceLimit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        return await current.ResponseStream.ReadAsync(buffer, either.Token);
    }

    private async Task ReopenAsync(CancellationToken cancellationToken)
    {
        breaks++;
        current.Dispose();
        current = await reopenAsync(position, cancellationToken);
        // A server that ignores the condition sends another version's bytes; a server that ignores the range sends the first ones.
        if (current.ETag != version || current.ContentLength != size - position)
        {
            throw new IOException("the object was changed while it was read");
        }
    }
}
