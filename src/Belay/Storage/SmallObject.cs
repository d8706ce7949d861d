namespace Belay.Storage;

/// <summary>Creating and reading objects that fit into memory.</summary>
internal static class SmallObject
{
    /// <summary>More than this is not a manifest.</summary>
    private const long Largest = 64L << 20;

    /// <summary>Reads a whole small object.</summary>
    /// <exception cref="StoreException">It is missing, cannot be read, or is larger than 64 MiB.</exception>
    public static async Task<byte[]> ReadAsync(IBackupStore store, string name, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(name, cancellationToken);
        using var content = new MemoryStream();
        var buffer = new byte[1 << 14];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (content.Length + count > Largest)
            {
                throw new StoreException(
                    $"'{name}' of {store.DisplayName} is larger than {Quantity.Bytes(Largest)}; it is not a file that Belay wrote.");
            }

            await content.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        return content.ToArray();
    }

    /// <summary>Uploads and commits; when the name is taken, compares the bytes.</summary>
    internal static Task CreateAsync(IBackupStore store, string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        => CreateAsync(store, () => store.BeginUploadAsync(name, cancellationToken), (name, content), cancellationToken);

    /// <summary>The same with an upload of the store's choice.</summary>
    internal static async Task CreateAsync(
        IBackupStore store,
        Func<Task<IObjectUpload>> begin,
        (string Name, ReadOnlyMemory<byte> Content) item,
        CancellationToken cancellationToken)
    {
        if (await store.FindAsync(item.Name, cancellationToken) is not null)
        {
            await DemandEqualAsync(store, item.Name, item.Content, cancellationToken);
            return;
        }

        try
        {
            await using var upload = await begin();
            await upload.WriteAsync(item.Content, cancellationToken);
            await upload.CommitAsync(cancellationToken);
        }
        catch (StoreException) when (!cancellationToken.IsCancellationRequested)
        {
            if (await store.FindAsync(item.Name, cancellationToken) is null)
            {
                throw;
            }

            await DemandEqualAsync(store, item.Name, item.Content, cancellationToken);
        }
    }

    /// <summary>Throws unless the stored bytes are the given ones.</summary>
    internal static async Task DemandEqualAsync(
        IBackupStore store, string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var stored = await ReadAsync(store, name, cancellationToken);
        if (!content.Span.SequenceEqual(stored))
        {
            throw StoreFaults.Differs(store.DisplayName, name);
        }
    }
}
