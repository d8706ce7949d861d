using Belay.Local;

[assembly: AssemblyFixture(typeof(Build.Tests.Support.AzureWorld))]

namespace Build.Tests.Support;

/// <summary>One Azurite for all release tests, started by the first that needs a store in it.</summary>
public sealed class AzureWorld : IAsyncDisposable
{
    private readonly string folder = TestFolder.New("azurite");
    private readonly SemaphoreSlim starting = new(1);
    private AzuriteServer? server;
    private int stores;

    /// <summary>A container of its own behind a proxy of its own.</summary>
    internal async Task<HeldStore> NewStoreAsync(CancellationToken cancellationToken)
    {
        await starting.WaitAsync(cancellationToken);
        try
        {
            server ??= await AzuriteServer.StartAsync(folder, cancellationToken);
        }
        finally
        {
            starting.Release();
        }

        return await HeldStore.CreateAsync(server, $"release-{Interlocked.Increment(ref stores)}", cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
        starting.Dispose();
    }
}
