using Belay.Reporting.Chain;
using Belay.Storage;
using Belay.Tests.Reporting;

namespace Belay.Tests.Storage;

/// <summary>What a store does with objects that it has: replaces and deletes what was read, and keeps what is in use.</summary>
public abstract partial class StoreConformanceTests
{
    [Fact]
    public async Task Replaces_only_the_version_that_was_read()
    {
        var store = await OpenAsync(Token);
        await store.CreateAsync("app/one", "a"u8.ToArray(), Token);
        var first = await store.FindAsync("app/one", Token);

        Assert.True(await store.ReplaceAsync(first!, "b"u8.ToArray(), Token));
        Assert.False(await store.ReplaceAsync(first!, "c"u8.ToArray(), Token));

        Assert.Equal("b"u8.ToArray(), await SmallObject.ReadAsync(store, "app/one", Token));
        Assert.NotEqual(first!.Version, (await store.FindAsync("app/one", Token))!.Version);
    }

    [Fact]
    public async Task Does_not_replace_what_is_gone()
    {
        var store = await OpenAsync(Token);
        await store.CreateAsync("app/one", "a"u8.ToArray(), Token);
        var first = await store.FindAsync("app/one", Token);
        Assert.True(await store.DeleteAsync(first!, Token));

        Assert.False(await store.ReplaceAsync(first!, "b"u8.ToArray(), Token));
        Assert.Null(await store.FindAsync("app/one", Token));
    }

    [Fact]
    public async Task Deletes_only_the_version_that_was_read()
    {
        var store = await OpenAsync(Token);
        await store.CreateAsync("app/one", "a"u8.ToArray(), Token);
        var first = await store.FindAsync("app/one", Token);
        await store.ReplaceAsync(first!, "b"u8.ToArray(), Token);
        var second = await store.FindAsync("app/one", Token);

        Assert.False(await store.DeleteAsync(first!, Token));
        Assert.True(await store.DeleteAsync(second!, Token));
        Assert.True(await store.DeleteAsync(second!, Token));
        Assert.Null(await store.FindAsync("app/one", Token));
    }

    [Fact]
    public async Task Keeps_an_object_until_the_last_of_its_users_has_ended()
    {
        var store = await OpenAsync(Token);
        await store.CreateAsync("app/one", "a"u8.ToArray(), Token);
        await store.CreateAsync("app/one.dump", "b"u8.ToArray(), Token);
        var free = (await store.FindAsync("app/one", Token))!;
        await using (await store.UseAsync("app/one", Assert.Fail, Token))
        {
            await using (await store.UseAsync("app/one", Assert.Fail, Token))
            {
                await RefusesToDeleteAsync(store, free);
            }

            await RefusesToDeleteAsync(store, free);
            Assert.Equal("a"u8.ToArray(), await SmallObject.ReadAsync(store, "app/one", Token));
            Assert.Null((await store.FindAsync("app/one.dump", Token))!.Protection);
        }

        await BecomesFreeAsync(store, "app/one");
        Assert.Equal(free, await store.FindAsync("app/one", Token));
        Assert.True(await store.DeleteAsync(free, Token));
        Assert.Equal(["app/one.dump"], await NamesAsync(store, ""));
    }

    [Fact]
    public async Task Marks_nothing_as_in_use_that_is_not_there()
    {
        var store = await OpenAsync(Token);

        var fault = await Assert.ThrowsAsync<StoreException>(() => store.UseAsync("app/none", Assert.Fail, Token));

        Assert.Equal($"There is no object 'app/none' in {store.DisplayName}.", fault.Message);
    }

    [Fact]
    public async Task Records_that_several_runs_store_at_once_are_numbered_without_a_gap()
    {
        var store = await OpenAsync(Token);

        var stored = await Task.WhenAll(Enumerable.Range(1, 6).Select(
            run => new RecordChain(store, "shop").AddAsync(Records.Succeeded() with { RunId = $"run-{run}" }, Token)));

        Assert.Equal([1L, 2, 3, 4, 5, 6], stored.Select(record => record.Record.Link!.Number).Order());
        Assert.Equal(6, (await new RecordWalk(new RecordChain(store, "shop"), []).RunAsync(Token)).Records);
    }

    private static async Task RefusesToDeleteAsync(IBackupStore store, StoredObject free)
    {
        const string InUse = "it is in use by a proof, a restore or a migration";
        Assert.Equal(free with { Protection = InUse }, await store.FindAsync(free.Name, Token));
        Assert.Equal(free with { Protection = InUse }, (await ListAsync(store, free.Name))[0]);
        var fault = await Assert.ThrowsAsync<ProtectedObjectException>(() => store.DeleteAsync(free, Token));
        Assert.Equal(($"'{free.Name}' of {store.DisplayName} cannot be deleted: {InUse}.", InUse), (fault.Message, fault.Reason));
    }

    /// <summary>A store may let go of a mark a little later than its user.</summary>
    private static async Task BecomesFreeAsync(IBackupStore store, string name)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while ((await store.FindAsync(name, limit.Token))!.Protection is not null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
        }
    }
}
