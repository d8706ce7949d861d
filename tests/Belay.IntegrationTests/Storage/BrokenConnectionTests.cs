using System.Security.Cryptography;
using Belay.IntegrationTests.Support;
using Belay.Storage;

namespace Belay.IntegrationTests.Storage;

/// <summary>What every store behind a network must do when a connection breaks. Each kind of store has one subclass.</summary>
public abstract class BrokenConnectionTests
{
    /// <summary>An empty store whose server is reached through a proxy.</summary>
    protected abstract Task<(IBackupStore Store, TcpProxy Proxy)> OpenAsync();

    /// <summary>How the store says that an object is not the one any more that was being read.</summary>
    protected abstract string Swapped { get; }

    [Fact]
    public async Task Sends_a_block_again_when_its_connection_is_cut()
    {
        var (store, proxy) = await OpenAsync();
        await using var closing = proxy;
        var content = RandomNumberGenerator.GetBytes(20 << 20);
        proxy.ToServer.CutAt = 12 << 20;

        await store.CreateAsync("app/one", content, Token);

        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(content, await SmallObject.ReadAsync(store, "app/one", Token));
    }

    [Fact]
    public async Task Reads_on_when_a_download_is_cut()
    {
        var (store, proxy) = await OpenAsync();
        await using var closing = proxy;
        var content = RandomNumberGenerator.GetBytes(10 << 20);
        await store.CreateAsync("app/one", content, Token);
        proxy.ToClient.CutAt = proxy.ToClient.Bytes + (5 << 20);

        Assert.Equal(content, await SmallObject.ReadAsync(store, "app/one", Token));
        Assert.Equal(1, proxy.Cuts);
    }

    [Fact]
    public async Task Notices_that_the_object_was_swapped_during_a_cut_download()
    {
        var (store, proxy) = await OpenAsync();
        await using var closing = proxy;
        await store.CreateAsync("app/one", new byte[30 << 20], Token);
        await using var stream = await store.OpenReadAsync("app/one", Token);
        await stream.ReadExactlyAsync(new byte[1000], Token);
        Assert.True(await store.ReplaceAsync((await store.FindAsync("app/one", Token))!, RandomNumberGenerator.GetBytes(30 << 20), Token));
        proxy.ToClient.CutAt = proxy.ToClient.Bytes + 1;

        var fault = await Assert.ThrowsAsync<StoreException>(() => stream.CopyToAsync(Stream.Null, Token));

        Assert.Equal($"Cannot read 'app/one' in {store.DisplayName}: {Swapped}.", fault.Message);
    }
}
