using System.Data.Common;
using Belay.Settings;

namespace Belay.Storage.Azure;

/// <summary>Reads a storage account's connection string.</summary>
internal static class AzureConnectionText
{
    private static readonly string[] TellTales = ["AccountName=", "BlobEndpoint=", "UseDevelopmentStorage=", "DefaultEndpointsProtocol="];

    private static readonly string[] Keys = ["AccountKey", "SharedAccessSignature"];

    /// <summary>Whether a text is meant as a connection string.</summary>
    public static bool Looks(string text)
        => TellTales.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The container of the account.</summary>
    /// <exception cref="SettingsException">It cannot be read, or no container is named.</exception>
    public static AzureStoreLocation Read(string text, StoreOptions options)
    {
        var secret = new Secret(text);
        var parts = Parts(text);
        if (options.Container is null)
        {
            throw new SettingsException(
                "BACKUP_CONTAINER environment variable not set: an Azure connection string does not name a container",
                "export BACKUP_CONTAINER=backups");
        }

        if (!Has(parts, "AccountKey") && !Has(parts, "SharedAccessSignature") && !Has(parts, "UseDevelopmentStorage"))
        {
            throw StoreAddress.Fault("The Azure connection string has neither AccountKey nor SharedAccessSignature");
        }

        return new AzureStoreLocation
        {
            Account = Account(parts),
            Container = AzureStoreAddress.ContainerName(options.Container),
            ConnectionString = secret,
            Prefix = StoreAddress.JoinPrefix(options.Prefix),
        };
    }

    private static DbConnectionStringBuilder Parts(string text)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = text };
            foreach (var name in Keys.Where(parts.ContainsKey))
            {
                _ = new Secret((string)parts[name]);
            }

            return parts;
        }
        catch (ArgumentException)
        {
            throw StoreAddress.Fault("The Azure connection string cannot be read: it must be Name=Value pairs with semicolons");
        }
    }

    private static bool Has(DbConnectionStringBuilder parts, string name)
        => parts.TryGetValue(name, out var value) && value is string { Length: > 0 };

    private static string Account(DbConnectionStringBuilder parts)
    {
        if (Has(parts, "AccountName"))
        {
            return (string)parts["AccountName"];
        }

        return Has(parts, "BlobEndpoint") && Uri.TryCreate((string)parts["BlobEndpoint"], UriKind.Absolute, out var endpoint)
            ? endpoint.Host.Split('.')[0]
            : "devstoreaccount1";
    }
}
