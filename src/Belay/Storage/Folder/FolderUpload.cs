namespace Belay.Storage.Folder;

/// <summary>An upload into a hidden file that gets its name at the commit.</summary>
internal sealed class FolderUpload(FolderUploadTarget target, Stream file, Func<StoredObject?> describe) : IObjectUpload
{
    /// <summary>What counts as one block; the same size as the first blocks of the other stores.</summary>
    private const int BlockSize = 4 << 20;

    private long length;
    private bool isClosed;
    private bool committed;

    public int AcceptedBlocks => committed ? (int)((length + BlockSize - 1) / BlockSize) : 0;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(!file.CanWrite, this);
        await target.Faults.GuardAsync("write", target.Name, async () => await file.WriteAsync(bytes, cancellationToken));
        length += bytes.Length;
    }

    public Task SealAsync(CancellationToken cancellationToken)
        => target.Faults.GuardAsync("write", target.Name, () => CloseAsync(cancellationToken));

    public async Task<StoredObject> CommitAsync(CancellationToken cancellationToken)
    {
        await target.Faults.GuardAsync("commit", target.Name, async () =>
        {
            await CloseAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (!DurableFolder.TryGiveName(target.Partial, target.Path))
            {
                throw StoreFaults.Taken(target.Faults.Store, target.Name);
            }

            DurableFolder.Flush(Path.GetDirectoryName(target.Path)!);
        });
        committed = true;
        return describe() ?? throw StoreFaults.Missing(target.Faults.Store, target.Name);
    }

    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (!isClosed)
        {
            await PartialFile.CloseAsync(file, cancellationToken);
            isClosed = true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await file.DisposeAsync();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException && !committed)
        {
            // A full disk refuses the last buffered bytes again; they are thrown away just below.
            committed = false;
        }
        finally
        {
            Discard();
        }
    }

    /// <summary>A folder that went away took the file with it; what stays otherwise is swept later.</summary>
    private void Discard()
    {
        try
        {
            File.Delete(target.Partial);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }
}
