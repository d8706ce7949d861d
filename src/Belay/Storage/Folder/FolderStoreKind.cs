namespace Belay.Storage.Folder;

/// <summary>Folders: <c>file:///folder</c>.</summary>
internal sealed class FolderStoreKind : IStoreKind
{
    public string Scheme => "file";

    public bool Looks(string text) => StoreAddress.Parse(text)?.Scheme == Scheme;

    public StoreLocation Read(string text, StoreOptions options)
    {
        var uri = new Uri(text);
        if (text.IndexOfAny(['#', '?']) >= 0)
        {
            throw StoreAddress.Fault("BACKUP_STORE has a '#' or '?' in the path of a folder, which an address cuts off: write %23 or %3F");
        }

        var folder = uri.LocalPath.Length > 1 ? uri.LocalPath.TrimEnd('/') : uri.LocalPath;
        if (uri.Host.Length > 0 || folder.Length <= 1)
        {
            throw StoreAddress.Fault("BACKUP_STORE does not name a folder: write file:///folder, with three slashes");
        }

        return new FolderStoreLocation { Folder = folder, Prefix = StoreAddress.JoinPrefix(options.Prefix) };
    }

    public IBackupStore? Open(StoreLocation location, TimeProvider timeProvider)
        => location is FolderStoreLocation folder ? new FolderStore(folder, timeProvider) : null;
}
