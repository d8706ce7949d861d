using System.Security.Cryptography;
using Belay.Reporting.Chain;
using Belay.Storage;
using Belay.Tests.Reporting;

namespace Belay.Tests.Storage;

// Longer than other files: the one suite that every store must pass, whole in one place.
/// <summary>What every store must do. Each kind of store has one subclass.</summary>
public abstract class StoreConformanceTests
{
    /// <summary>An empty store that no other test uses.</summary>
    protected abstract Task<IBackupStore> OpenAsync(CancellationToken cancellationToken);

    /// <summary>How many bytes an upload of so many takes in the store.</summary>
    protected virtual long StoredSize(long length) => length;

    [Fact]
    public async Task Shows_an_upload_only_after_its_commit()
    {
        var store = await OpenAsync(Token);
        await using var upload = await store.BeginUploadAsync("app/one.dump", Token);
        await upload.WriteAsync("first "u8.ToArray(), Token);
        await upload.WriteAsync("second"u8.ToArray(), Token);
        Assert.Null(await store.FindAsync("app/one.dump", Token));
        Assert.Empty(await NamesAsync(store, ""));

        var stored = await upload.CommitAsync(Token);

        Assert.Equal(stored, await store.FindAsync("app/one.dump", Token));
        Assert.Equal(("app/one.dump", StoredSize(12)), (stored.Name, stored.Size));
        Assert.Equal("first second"u8.ToArray(), await SmallObject.ReadAsync(store, "app/one.dump", Token));
        Assert.True(upload.AcceptedBlocks >= 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData((20 << 20) + 17)]
    public async Task Shows_nothing_of_an_upload_that_was_sealed_until_it_is_committed(int size)
    {
        var store = await OpenAsync(Token);
        var content = System.Security.Cryptography.RandomNumberGenerator.GetBytes(size);
        await using (var upload = await store.BeginUploadAsync("app/one.dump", Token))
        {
            await upload.WriteAsync(content, Token);
            await upload.SealAsync(Token);
            Assert.Empty(await NamesAsync(store, ""));
            Assert.Equal(StoredSize(size), (await upload.CommitAsync(Token)).Size);
        }

        await using (var left = await store.BeginUploadAsync("app/two.dump", Token))
        {
            await left.WriteAsync(content, Token);
            await left.SealAsync(Token);
        }

        Assert.Equal(["app/one.dump"], await NamesAsync(store, ""));
        Assert.Equal(
            System.Security.Cryptography.SHA256.HashData(content),
            System.Security.Cryptography.SHA256.HashData(await SmallObject.ReadAsync(store, "app/one.dump", Token)));
    }

    [Fact]
    public async Task Leaves_nothing_of_an_upload_that_was_not_committed()
    {
        var store = await OpenAsync(Token);
        await using (var upload = await store.BeginUploadAsync("app/one.dump", Token))
        {
            await upload.WriteAsync(new byte[10 << 20], Token);
        }

        Assert.Null(await store.FindAsync("app/one.dump", Token));
        Assert.Empty(await NamesAsync(store, ""));
    }

    [Fact]
    public async Task Leaves_nothing_of_a_cancelled_upload()
    {
        var store = await OpenAsync(Token);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using (var upload = await store.BeginUploadAsync("app/one.dump", cancellation.Token))
        {
            await upload.WriteAsync(new byte[10 << 20], cancellation.Token);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload.CommitAsync(cancellation.Token));
        }

        Assert.Empty(await NamesAsync(store, ""));
    }

    [Fact]
    public async Task Stores_an_empty_object()
    {
        var store = await OpenAsync(Token);
        await using var upload = await store.BeginUploadAsync("app/empty", Token);

        Assert.Equal(0, (await upload.CommitAsync(Token)).Size);
        Assert.Empty(await SmallObject.ReadAsync(store, "app/empty", Token));
    }

    [Fact]
    public async Task Returns_the_bytes_of_many_blocks_in_their_order()
    {
        var store = await OpenAsync(Token);
        var content = new byte[(21 << 20) + 4321];
        new Random(7).NextBytes(content);
        await using var upload = await store.BeginUploadAsync("app/large.dump", Token);
        for (var offset = 0; offset < content.Length; offset += 70_001)
        {
            await upload.WriteAsync(content.AsMemory(offset, Math.Min(70_001, content.Length - offset)), Token);
        }

        var stored = await upload.CommitAsync(Token);

        await using var stream = await store.OpenReadAsync("app/large.dump", Token);
        Assert.Equal(StoredSize(content.Length), stored.Size);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(content)), Convert.ToHexString(await SHA256.HashDataAsync(stream, Token)));
        Assert.True(upload.AcceptedBlocks > 1);
    }

    [Fact]
    public async Task Copies_the_bytes_it_takes()
    {
        var store = await OpenAsync(Token);
        var buffer = "kept"u8.ToArray();
        await using var upload = await store.BeginUploadAsync("app/one", Token);
        await upload.WriteAsync(buffer, Token);
        buffer.AsSpan().Clear();
        await upload.CommitAsync(Token);

        Assert.Equal("kept"u8.ToArray(), await SmallObject.ReadAsync(store, "app/one", Token));
    }

    [Fact]
    public async Task Refuses_the_second_commit_under_a_name()
    {
        var store = await OpenAsync(Token);
        await using var first = await store.BeginUploadAsync("app/one", Token);
        await using var second = await store.BeginUploadAsync("app/one", Token);
        await first.WriteAsync("first"u8.ToArray(), Token);
        await second.WriteAsync("second"u8.ToArray(), Token);
        await first.CommitAsync(Token);

        var fault = await Assert.ThrowsAsync<StoreException>(() => second.CommitAsync(Token));

        Assert.Equal($"An object 'app/one' already exists in {store.DisplayName}; it was left as it is.", fault.Message);
        Assert.Equal("first"u8.ToArray(), await SmallObject.ReadAsync(store, "app/one", Token));
    }

    [Fact]
    public async Task Begins_no_upload_under_a_taken_name()
    {
        var store = await OpenAsync(Token);
        await store.CreateAsync("app/one", "first"u8.ToArray(), Token);

        var fault = await Assert.ThrowsAsync<StoreException>(() => store.BeginUploadAsync("app/one", Token));

        Assert.Equal($"An object 'app/one' already exists in {store.DisplayName}; it was left as it is.", fault.Message);
    }

    [Fact]
    public async Task Creates_the_same_bytes_again_without_a_fault()
    {
        var store = await OpenAsync(Token);
        await store.CreateAsync("app/one", "same"u8.ToArray(), Token);
        var before = await store.FindAsync("app/one", Token);

        await store.CreateAsync("app/one", "same"u8.ToArray(), Token);

        Assert.Equal(before, await store.FindAsync("app/one", Token));
    }

    [Fact]
    public async Task Refuses_to_create_other_bytes_under_a_taken_name()
    {
        var store = await OpenAsync(Token);
        await store.CreateAsync("app/one", "same"u8.ToArray(), Token);

        var fault = await Assert.ThrowsAsync<StoreException>(() => store.CreateAsync("app/one", "else"u8.ToArray(), Token));

        Assert.Equal($"An object 'app/one' with other bytes already exists in {store.DisplayName}; it was left as it is.", fault.Message);
        Assert.Equal("same"u8.ToArray(), await SmallObject.ReadAsync(store, "app/one", Token));
    }

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
    public async Task Lists_exactly_the_prefix_in_name_order()
    {
        var store = await OpenAsync(Token);
        foreach (var name in new[] { "app2/x", "app/b", "app/a/deep", "app/Z", "app.old/y", "app/a" + ".dump" })
        {
            await store.CreateAsync(name, "x"u8.ToArray(), Token);
        }

        Assert.Equal(["app/Z", "app/a.dump", "app/a/deep", "app/b"], await NamesAsync(store, "app/"));
        Assert.Equal(["app/a.dump", "app/a/deep"], await NamesAsync(store, "app/a"));
        Assert.Equal(["app.old/y", "app/Z", "app/a.dump", "app/a/deep", "app/b", "app2/x"], await NamesAsync(store, ""));
        Assert.Empty(await NamesAsync(store, "nothing/"));
    }

    [Fact]
    public async Task Lists_what_find_says()
    {
        var store = await OpenAsync(Token);
        await store.CreateAsync("app/one", "12345"u8.ToArray(), Token);

        var listed = Assert.Single(await ListAsync(store, "app/"));

        Assert.Equal(await store.FindAsync("app/one", Token), listed);
    }

    [Fact]
    public async Task Names_the_object_that_is_missing()
    {
        var store = await OpenAsync(Token);

        var fault = await Assert.ThrowsAsync<StoreException>(() => store.OpenReadAsync("app/none", Token));

        Assert.Equal($"There is no object 'app/none' in {store.DisplayName}.", fault.Message);
        Assert.Null(await store.FindAsync("app/none", Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/app")]
    [InlineData("app//one")]
    [InlineData("app/../one")]
    [InlineData("app/.hidden")]
    [InlineData("app\\one")]
    [InlineData("app/one/")]
    public async Task Refuses_a_name_that_some_store_cannot_keep(string name)
    {
        var store = await OpenAsync(Token);

        var fault = await Assert.ThrowsAsync<StoreException>(() => store.BeginUploadAsync(name, Token));

        Assert.StartsWith($"'{name}' cannot be the name of a stored object: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_nothing_of_a_probe()
    {
        var store = await OpenAsync(Token);

        await store.ProbeAsync(Token);

        Assert.Empty(await NamesAsync(store, ""));
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
    [Fact]
    public async Task Records_that_several_runs_store_at_once_are_numbered_without_a_gap()
    {
        var store = await OpenAsync(Token);

        var stored = await Task.WhenAll(Enumerable.Range(1, 6).Select(
            run => new RecordChain(store, "shop").AddAsync(Records.Succeeded() with { RunId = $"run-{run}" }, Token)));

        Assert.Equal([1L, 2, 3, 4, 5, 6], stored.Select(record => record.Record.Link!.Number).Order());
        Assert.Equal(6, (await new RecordWalk(new RecordChain(store, "shop"), []).RunAsync(Token)).Records);
    }

    private static async Task BecomesFreeAsync(IBackupStore store, string name)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while ((await store.FindAsync(name, limit.Token))!.Protection is not null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
        }
    }

    protected static async Task<List<StoredObject>> ListAsync(IBackupStore store, string prefix)
    {
        var found = new List<StoredObject>();
        await foreach (var item in store.ListAsync(prefix, Token))
        {
            found.Add(item);
        }

        return found;
    }

    [Theory]
    [InlineData("belay-probe")]
    [InlineData("belay-probe-0011223344556677")]
    public async Task Leaves_a_database_alone_that_is_called_like_its_probes(string database)
    {
        var store = await OpenAsync(Token);
        string[] names =
        [
            .. new[] { ".dump.d/toc.dat", ".dump.zst", ".globals.sql", ".manifest.json" }
                .Select(end => $"{database}/20251012T115800Z-0011223344556677{end}"),
        ];
        foreach (var name in names)
        {
            await store.CreateAsync(name, "content"u8.ToArray(), Token);
        }

        await store.ProbeAsync(Token);
        await store.SweepUploadsAsync(dryRun: false, Token);

        Assert.Equal(names, await NamesAsync(store, ""));
        Assert.Equal(names, await NamesAsync(store, database + "/"));
        Assert.Equal("content"u8.ToArray(), await SmallObject.ReadAsync(store, names[0], Token));
    }

    protected static async Task<List<string>> NamesAsync(IBackupStore store, string prefix)
        => (await ListAsync(store, prefix)).ConvertAll(found => found.Name);
}
