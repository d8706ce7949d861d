namespace Belay.Storage;

/// <summary>An upload under way. Disposing one that was not committed leaves nothing visible under its name.</summary>
/// <remarks>Never a <see cref="Stream"/>: closing a stream reads as success, and half a backup must never look whole.</remarks>
public interface IObjectUpload : IAsyncDisposable
{
    /// <summary>Takes the next bytes. Waits while too many blocks are in flight, so that memory stays bounded.</summary>
    /// <param name="bytes">The next bytes; copied before this returns.</param>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Ends the writing: waits until the store has every byte, with none of them visible, and lets go of memory and open files.
    /// The commit may follow much later.</summary>
    Task SealAsync(CancellationToken cancellationToken);

    /// <summary>Waits until the store has accepted every block and makes the object visible, if the name is still free.</summary>
    /// <returns>The object as the store now reports it.</returns>
    Task<StoredObject> CommitAsync(CancellationToken cancellationToken);

    /// <summary>The number of blocks that the store accepted after checking their hash; complete after the commit.</summary>
    int AcceptedBlocks { get; }
}
