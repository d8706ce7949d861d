namespace Belay.Storage.Azure;

/// <summary>A container of an Azure storage account. Exactly one of the three ways in is set.</summary>
public sealed record AzureStoreLocation : StoreLocation
{
    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>A storage account's connection string.</summary>
    public Secret? ConnectionString { get; init; }

    /// <summary>The container's address with a shared access signature.</summary>
    public Secret? SignedContainerUri { get; init; }

    /// <summary>The container's address without a signature: signs in through Azure.Identity (managed identity,
    /// workload identity, Azure CLI).</summary>
    public Uri? ContainerUri { get; init; }

    /// <summary>The account's name or endpoint host, for people.</summary>
    public required string Account { get; init; }

    /// <summary>What dumps are encrypted with before they leave this machine; null for plain dumps.</summary>
    public BackupKey? Key { get; init; }

    /// <inheritdoc/>
    public override string DisplayName => $"azure://{Account}/{Container}" + (Prefix.Length == 0 ? "" : $"/{Prefix}");
}
