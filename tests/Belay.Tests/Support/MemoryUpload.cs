using Belay.Storage;

namespace Belay.Tests.Support;

/// <summary>An upload into a <see cref="MemoryStore"/>; every write counts as one block.</summary>
internal sealed class MemoryUpload(MemoryStore store, string name) : IObjectUpload
{
    private readonly MemoryStream content = new();

    public int AcceptedBlocks { get; private set; }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        store.Begin("write", name, cancellationToken);
        content.Write(bytes.Span);
        AcceptedBlocks++;
        return ValueTask.CompletedTask;
    }

    public Task SealAsync(CancellationToken cancellationToken)
    {
        store.Begin("seal", name, cancellationToken);
        return Task.CompletedTask;
    }

    public Task<StoredObject> CommitAsync(CancellationToken cancellationToken)
    {
        store.Begin("commit", name, cancellationToken);
        return Task.FromResult(store.Commit(name, content.ToArray()));
    }

    public ValueTask DisposeAsync() => content.DisposeAsync();
}
