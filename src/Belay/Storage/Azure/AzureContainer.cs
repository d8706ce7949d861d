using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Belay.Storage.Network;

namespace Belay.Storage.Azure;

/// <summary>Makes the SDK's client for a location.</summary>
internal static class AzureContainer
{
    /// <summary>New enough for all that Belay uses, old enough for every Azure region and for Azurite.</summary>
    private const BlobClientOptions.ServiceVersion Version = BlobClientOptions.ServiceVersion.V2024_11_04;

    public static BlobContainerClient Open(AzureStoreLocation location, AzureStoreOptions options)
    {
        try
        {
            return (location.ConnectionString, location.SignedContainerUri, location.ContainerUri) switch
            {
                ({ } connection, null, null) => FromConnectionString(location, connection, options),
                (null, { } signed, null) => FromSignedAddress(new Uri(signed.Reveal()), options),
                (null, null, { } address) => new BlobContainerClient(address, new DefaultAzureCredential(), Configure(address, options)),
                _ => throw new StoreException(
                    $"{location.DisplayName} needs exactly one of: a connection string, a signed address, a plain address."),
            };
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            // The SDK's own message quotes the text that it cannot read, which is a secret.
            throw new StoreException(
                $"The connection string or address of {location.DisplayName} cannot be understood.",
                "Copy it again from the storage account's page 'Access keys' or 'Shared access tokens'.");
        }
    }

    private static BlobContainerClient FromConnectionString(AzureStoreLocation location, Secret connection, AzureStoreOptions options)
    {
        foreach (var part in connection.Reveal().Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var name = part.Split('=')[0];
            if (name is "AccountKey" or "SharedAccessSignature")
            {
                Redaction.Remember(part[(name.Length + 1)..]);
            }
        }

        var text = connection.Reveal();
        return new BlobContainerClient(text, location.Container, Configure(new BlobContainerClient(text, location.Container).Uri, options));
    }

    private static BlobContainerClient FromSignedAddress(Uri address, AzureStoreOptions options)
    {
        foreach (var parameter in address.Query
            .TrimStart('?')
            .Split('&')
            .Where(parameter => parameter.StartsWith("sig=", StringComparison.OrdinalIgnoreCase)))
        {
            Redaction.Remember(parameter[4..]);
            Redaction.Remember(Uri.UnescapeDataString(parameter[4..]));
        }

        return new BlobContainerClient(address, Configure(address, options));
    }

    private static BlobClientOptions Configure(Uri address, AzureStoreOptions options)
    {
        var configured = new BlobClientOptions(Version);
        configured.Retry.Mode = RetryMode.Exponential;
        // A service on this machine that does not answer is not there; across a network it may come back.
        configured.Retry.MaxRetries = address.IsLoopback ? 3 : 6;
        configured.Retry.Delay = TimeSpan.FromSeconds(address.IsLoopback ? 0.1 : 0.8);
        configured.Retry.MaxDelay = TimeSpan.FromSeconds(address.IsLoopback ? 1 : 30);
        configured.Diagnostics.IsLoggingEnabled = false;
        configured.AddPolicy(new NetworkTimeoutPolicy(), HttpPipelinePosition.PerCall);
        configured.Transport = options.Transport ?? configured.Transport;
        return configured;
    }
}
