using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Tests.Support;

namespace Belay.Tests.Backups.Catalogue;

public sealed class BackupCatalogTests
{
    private readonly MemoryStore store = new();

    [Fact]
    public async Task Lists_the_newest_backup_first_and_leaves_foreign_objects_alone()
    {
        Manifests.Make(Manifests.Noon, runId: "01").PutInto(store);
        Manifests.Make(Manifests.Noon.AddHours(1), runId: "02").PutInto(store);
        store.Put("readme.txt", [1]);
        store.Put("belay-probe/0011223344556677", [1]);
        var contents = await ReadAsync();
        Assert.Equal(["20251012T125800Z-02", "20251012T115800Z-01"], contents.Backups.Select(backup => backup.Manifest.Id));
        Assert.All(contents.Backups, backup => Assert.True(backup.IsProven));
        Assert.Empty(contents.Unreadable);
        Assert.Equal(["belay-probe/0011223344556677"], contents.Orphans.Select(orphan => orphan.Name));
    }

    [Fact]
    public async Task Calls_a_dump_without_manifest_an_orphan()
    {
        var manifest = Manifests.Make(Manifests.Noon).PutInto(store);
        store.Remove(Manifests.NameOf(manifest));
        Assert.Equal(manifest.ObjectName, Assert.Single((await ReadAsync()).Orphans).Name);
    }

    [Fact]
    public async Task Calls_a_manifest_without_dump_incomplete()
    {
        var manifest = Manifests.Make(Manifests.Noon).PutInto(store);
        store.Remove(manifest.ObjectName);
        Assert.False(Assert.Single((await ReadAsync()).Backups).IsComplete);
    }

    [Fact]
    public async Task Does_not_trust_a_manifest_under_the_name_of_another_backup()
    {
        var manifest = Manifests.Make(Manifests.Noon).PutInto(store);
        store.Put("other/20251012T115800Z-aa.manifest.json", store.Bytes(Manifests.NameOf(manifest)));
        var unreadable = Assert.Single((await ReadAsync()).Unreadable);
        Assert.Equal(
            "The manifest 'other/20251012T115800Z-aa.manifest.json' is of another backup: it says 'app/20251012T115800Z-aa' and names "
                + $"the dump '{manifest.ObjectName}'.", unreadable.Reason);
    }

    [Fact]
    public async Task Finds_databases_of_any_name()
    {
        var odd = Manifests.App with { Name = "./Größe %2F" };
        var manifest = Manifests.Make(Manifests.Noon, odd).PutInto(store);
        Assert.Equal("%2E%2FGr%C3%B6%C3%9Fe%20%252F/20251012T115800Z-aa.dump.zst", manifest.ObjectName);
        Assert.True(Assert.Single((await ReadAsync()).Backups).IsComplete);
    }

    [Fact]
    public async Task Says_which_backup_is_not_there()
    {
        var exception = await Assert.ThrowsAsync<BackupException>(
            () => new BackupCatalog(store).FindAsync(new BackupChoice("latest", "app"), Token));
        Assert.Equal("There is no backup 'latest' of database app in memory://store.", exception.Message);
        Assert.Equal("./build.sh Backup takes one; ./build.sh Status lists the backups that are there.", exception.Hint);
    }

    [Fact]
    public async Task Says_that_what_is_there_of_it_is_no_backup()
    {
        var manifest = Manifests.Make(Manifests.Noon).PutInto(store);
        store.Remove(Manifests.NameOf(manifest));
        var exception = await Assert.ThrowsAsync<BackupException>(
            () => new BackupCatalog(store).FindAsync(new BackupChoice(manifest.Id, null), Token));
        Assert.Equal(
            $"There is no backup '{manifest.Id}' in memory://store. '{manifest.ObjectName}' has no manifest, so it is no backup.",
            exception.Message);
        Assert.Equal("./build.sh Status lists the backups that are there.", exception.Hint);
    }

    private Task<CatalogContents> ReadAsync() => new BackupCatalog(store).ReadAsync(Token);
}
