using Belay.Storage;

namespace Belay.IntegrationTests.Backups;

internal sealed class InterceptedUpload(IObjectUpload inner, Func<long, CancellationToken, Task> beforeWrite) : IObjectUpload
{
    private long bytesSoFar;

    public int AcceptedBlocks => inner.AcceptedBlocks;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await beforeWrite(bytesSoFar, cancellationToken);
        bytesSoFar += bytes.Length;
        await inner.WriteAsync(bytes, cancellationToken);
    }

    public Task SealAsync(CancellationToken cancellationToken) => inner.SealAsync(cancellationToken);

    public Task<StoredObject> CommitAsync(CancellationToken cancellationToken) => inner.CommitAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
