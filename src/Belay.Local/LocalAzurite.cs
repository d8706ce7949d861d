using Azure.Storage.Blobs;
using Belay.Storage.Azure;

namespace Belay.Local;

/// <summary>The local profile's Azurite, with a container for backups.</summary>
internal static class LocalAzurite
{
    private const string Container = "backups";
    private const string Account = "belaylocal";

    /// <summary>The container of a running Azurite.</summary>
    public static AzureStoreLocation Location(Uri url, Secret key) => new()
    {
        Container = Container,
        Account = Account,
        ConnectionString = AzuriteServer.ConnectionStringFor(Account, key, url.Port),
    };

    /// <summary>Starts Azurite so that it outlives this process, and creates the container.</summary>
    /// <param name="folder">Where its data is.</param>
    /// <param name="output">Where it is told that it must be installed first.</param>
    public static async Task<LocalPart> StartAsync(
        LocalFolder folder, Secret key, IReleaseOutput output, CancellationToken cancellationToken)
    {
        await using var server = await AzuriteServer.StartAsync(
            new AzuriteOptions
            {
                Folder = folder.Azurite,
                Account = Account,
                AccountKey = key,
                OutlivesThisProcess = true,
                Told = output.Line,
            },
            cancellationToken);
        await new BlobContainerClient(server.ConnectionString.Reveal(), Container)
            .CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        var process = ProcessIdentity.Of(server.ProcessId)
            ?? throw new LocalException("Azurite ended at once.", $"see {folder.AzuriteLog}");
        return new LocalPart(process, new Uri($"http://127.0.0.1:{server.Port}"));
    }
}
