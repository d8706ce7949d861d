namespace Belay.Storage.Folder;

/// <summary>A folder, usually on another machine's mounted disk.</summary>
public sealed record FolderStoreLocation : StoreLocation
{
    /// <summary>The folder's absolute path.</summary>
    public required string Folder { get; init; }

    /// <inheritdoc/>
    public override string DisplayName => $"file://{Folder}" + (Prefix.Length == 0 ? "" : $"/{Prefix}");
}
