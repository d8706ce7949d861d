using Belay.Backups.Catalogue;
using Belay.Backups.Compression;
using Belay.Storage;

namespace Belay.Backups.Taking;

/// <summary>One file of a directory dump on its way into an object of its own.</summary>
internal sealed class PartUpload(string file, IObjectUpload upload, TransferProgress progress) : IAsyncDisposable
{
    private readonly DumpReceiver receiver = new(upload);

    public int AcceptedBlocks => upload.AcceptedBlocks;

    /// <summary>Sends all of the file; the store has every byte afterwards and shows nothing.</summary>
    public async Task SendAsync(Stream content, IFrameEncoder? encoder, CancellationToken cancellationToken)
    {
        await using var tapped = new TappedStream(content, bytes => progress.Add(bytes.Length));
        await (encoder is null
            ? PlainPump.RunAsync(tapped, receiver.WriteAsync, cancellationToken)
            : new FramePump(encoder, receiver.WriteAsync) { Workers = 1 }.RunAsync(tapped, cancellationToken));
        await upload.SealAsync(cancellationToken);
    }

    /// <summary>Makes it visible.</summary>
    public async Task<(BackupPart Part, StoredObject Object)> CommitAsync(CancellationToken cancellationToken)
    {
        var stored = await upload.CommitAsync(cancellationToken);
        return (new BackupPart(file, stored.Name, receiver.Size, receiver.Sha256, stored.Version), stored);
    }

    public async ValueTask DisposeAsync()
    {
        receiver.Dispose();
        await upload.DisposeAsync();
    }
}
