using Belay;
using Belay.Backups.Catalogue;
using Belay.IntegrationTests.Support;
using Belay.Local;
using Belay.Storage;
using Belay.Storage.Azure;
using Belay.Storage.Kinds;

namespace Build.Tests.Support;

/// <summary>A container in Azurite that a build reaches through a proxy, which can hold one of its requests back for good.</summary>
internal sealed class HeldStore : IAsyncDisposable
{
    private readonly TcpProxy proxy;
    private readonly AzureStoreLocation location;
    private readonly Secret accountKey;
    private readonly int port;

    private HeldStore(AzuriteServer server, string container)
    {
        (location, accountKey, port) = (server.Location(container), server.AccountKey, server.Port);
        proxy = TcpProxy.Start(port);
        Store = StoreFactory.Open(location);
    }

    /// <summary>The store without the proxy.</summary>
    public IBackupStore Store { get; }

    /// <summary>Variables for a build that goes through the proxy.</summary>
    public IReadOnlyDictionary<string, string?> Held => Variables(proxy.Port);

    /// <summary>Variables for a build that does not.</summary>
    public IReadOnlyDictionary<string, string?> Direct => Variables(port);

    public static async Task<HeldStore> CreateAsync(AzuriteServer server, string container, CancellationToken cancellationToken)
    {
        var store = new HeldStore(server, container);
        await store.Store.ProbeAsync(cancellationToken);
        return store;
    }

    /// <summary>Holds the first request of this method whose address has this part; it never reaches the store.</summary>
    public void Hold(string method, string part) => proxy.ToServer.HoldWhen = text =>
        text.StartsWith(method + " ", StringComparison.Ordinal) && text.Split('\r')[0].Contains(part, StringComparison.Ordinal);

    /// <summary>Waits until the request is held; fails with the build's output when the build ends before.</summary>
    public async Task ReachedAsync(RunningBuild running)
    {
        var end = running.EndAsync(Token);
        Assert.True(
            await Task.WhenAny(proxy.ToServer.Held, end) == proxy.ToServer.Held,
            $"the build ended before the request that was to be held:\n{running.Output}");
    }

    /// <summary>What the store holds now.</summary>
    public Task<CatalogContents> ReadAsync() => new BackupCatalog(Store).ReadAsync(Token);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => proxy.DisposeAsync();

    private Dictionary<string, string?> Variables(int through) => new()
    {
        ["BACKUP_STORE"] = AzuriteServer.ConnectionStringFor(location.Account, accountKey, through).Reveal(),
        ["BACKUP_CONTAINER"] = location.Container,
    };
}
