namespace Belay.Storage.Azure;

/// <summary>Containers of Azure storage accounts, by their address or by the account's connection string.</summary>
internal sealed class AzureStoreKind : IStoreKind
{
    public string Scheme => "https";

    public bool Looks(string text) => AzureConnectionText.Looks(text) || StoreAddress.Parse(text)?.Scheme is "https" or "http";

    public StoreLocation Read(string text, StoreOptions options)
        => AzureConnectionText.Looks(text) ? AzureConnectionText.Read(text, options) : AzureStoreAddress.Read(new Uri(text), options);

    public IBackupStore? Open(StoreLocation location, TimeProvider timeProvider)
        => location is AzureStoreLocation container
            ? new AzureBlobStore(container, new AzureStoreOptions { TimeProvider = timeProvider })
            : null;
}
