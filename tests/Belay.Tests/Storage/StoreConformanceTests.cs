using System.Security.Cryptography;
using Belay.Storage;

namespace Belay.Tests.Storage;

/// <summary>What every store must do. Each kind of store has one subclass.</summary>
public abstract partial class StoreConformanceTests
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
