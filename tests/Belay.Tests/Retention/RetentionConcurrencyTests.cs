using System.Collections.Concurrent;
using Belay.Backups.Catalogue;
using Belay.Retention;
using Belay.Storage;
using Belay.Tests.Backups;
using Belay.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Retention;

/// <summary>Many backups go at the same time, and each of them as if it were alone.</summary>
public sealed class RetentionConcurrencyTests
{
    private const int Many = 40;
    private const int AtOnce = 8;

    private readonly FakeTimeProvider timeProvider = new(Manifests.Noon);
    private readonly TestOutput output = new();
    private readonly ConcurrentQueue<string> deletions = new();
    private readonly MemoryStore store;
    private readonly List<BackupManifest> old;

    public RetentionConcurrencyTests()
    {
        store = new MemoryStore(timeProvider) { Concurrency = AtOnce };
        Manifests.Make(Manifests.Noon.AddDays(-1)).PutInto(store);
        old = [.. Enumerable.Range(0, Many).Select(index => Manifests.Make(Manifests.Noon.AddDays(-8 - index)).PutInto(store))];
        store.BeforeOperation = (verb, name) => deletions.Enqueue(verb == "delete" ? name : "");
    }

    [Fact]
    public async Task Deletes_all_and_of_each_the_manifest_first()
    {
        var summary = await RunAsync();

        Assert.Equal(summary.Plan.Deletions, summary.Deleted);
        Assert.Equal(2, store.Names.Count);
        var order = deletions.ToList();
        Assert.All(old, backup => Assert.True(order.IndexOf(backup.ObjectName) > order.IndexOf(Manifests.NameOf(backup))));
    }

    [Fact]
    public async Task Tells_of_each_that_the_store_keeps_and_deletes_the_others()
    {
        store.BeforeOperation = (verb, name) =>
        {
            if (verb == "delete" && name == old[3].ObjectName)
            {
                throw StoreFaults.Protected(store.DisplayName, name, StoreFaults.InUse);
            }

            if (verb == "delete" && name == Manifests.NameOf(old[7]))
            {
                store.Put(name, ManifestFile.Serialize(old[7] with { Hold = "audit" }));
            }
        };

        var summary = await RunAsync();

        Assert.Equal(Many - 2, summary.Deleted.Count);
        Assert.Equal(
            [$"'{Manifests.NameOf(old[7])}' was left: it changed meanwhile.", $"'{old[3].ObjectName}' was left: {StoreFaults.InUse}."],
            output.Warnings.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Ends_with_the_store_s_fault_and_leaves_no_manifest_without_its_dump()
    {
        store.BeforeOperation = (verb, name) =>
        {
            if (verb == "delete" && name == old[20].ObjectName)
            {
                throw new StoreException("The store went away.");
            }
        };

        Assert.Equal("The store went away.", (await Assert.ThrowsAsync<StoreException>(RunAsync)).Message);

        var left = (await new BackupCatalog(store).ReadAsync(Token)).Backups;
        Assert.DoesNotContain(old[20].Id, left.Select(backup => backup.Manifest.Id));
        Assert.All(left, backup => Assert.NotNull(backup.DumpObject));
        store.BeforeOperation = (_, _) => { };
        await RunAsync();
        Assert.Equal(2, store.Names.Count);
    }

    private Task<RetentionSummary> RunAsync()
        => new RetentionRunner(store, output, timeProvider).RunAsync(new RetentionSettings(), Token);
}
