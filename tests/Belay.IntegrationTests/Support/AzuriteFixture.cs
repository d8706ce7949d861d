using Azure.Storage.Blobs;
using Belay.IntegrationTests.Support;
using Belay.Local;
using Belay.Storage.Azure;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Belay.IntegrationTests.Support;

/// <summary>One Azurite for the whole run, started by the first test that asks for a container; its data is deleted at the end.</summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private readonly string folder = TestFolder.New("azurite");
    private readonly SemaphoreSlim starting = new(1);
    private AzuriteServer? server;
    private int containers;

    /// <summary>A new empty container.</summary>
    public async Task<AzureStoreLocation> CreateContainerAsync(CancellationToken cancellationToken)
    {
        var location = (await ServerAsync(cancellationToken)).Location($"test-{Interlocked.Increment(ref containers)}");
        await Client(location).CreateAsync(cancellationToken: cancellationToken);
        return location;
    }

    /// <summary>The running server.</summary>
    public async Task<AzuriteServer> ServerAsync(CancellationToken cancellationToken)
    {
        await starting.WaitAsync(cancellationToken);
        try
        {
            return server ??= await AzuriteServer.StartAsync(folder, cancellationToken);
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>The SDK's own view of a container, to look and to damage.</summary>
    public static BlobContainerClient Client(AzureStoreLocation location)
        => new(
            location.ConnectionString!.Reveal(), location.Container, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2024_11_04));

    /// <summary>The names that a search by tags finds in a container. The service's index may lag; Azurite's does not.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(
        AzureStoreLocation location, string expression, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var found in Client(location).FindBlobsByTagsAsync(expression, cancellationToken))
        {
            names.Add(found.BlobName);
        }

        return names;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        starting.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
