using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Tests.Support;

namespace Belay.Tests.Backups.Catalogue;

public sealed class BackupChoiceTests
{
    private readonly MemoryStore store = new();
    private readonly BackupManifest own = Manifests.Make(Manifests.Noon);
    private readonly BackupManifest newer = Manifests.Make(Manifests.Noon.AddHours(1), Manifests.App with { Name = "other" }, "bb");

    [Fact]
    public async Task Takes_the_newest_of_the_named_database()
    {
        Put(own, newer, Manifests.Make(Manifests.Noon.AddDays(-1), runId: "cc"));
        Assert.Equal(own.Id, (await FindAsync("latest", "app")).Manifest.Id);
    }

    [Fact]
    public async Task Takes_the_newest_without_a_name_when_all_are_of_one_database()
    {
        Put(own, Manifests.Make(Manifests.Noon.AddDays(-1), runId: "cc"));
        Assert.Equal(own.Id, (await FindAsync("latest", null)).Manifest.Id);
    }

    [Fact]
    public async Task Refuses_the_newest_of_any_database_and_lists_them()
    {
        Put(own, newer);
        var refusal = await Assert.ThrowsAsync<BackupException>(() => FindAsync("latest", null));
        Assert.Equal(
            "'latest' could be a backup of 2 databases in memory://store:\n"
            + "  20251012T125800Z-bb of other (oid 16384, system 7300000000000000001) on 10.0.0.5:5432, readback\n"
            + "  20251012T115800Z-aa of app (oid 16384, system 7300000000000000001) on 10.0.0.5:5432, readback",
            refusal.Message);
        Assert.Equal("Name the database (--database) or the backup's id (--backup <id>).", refusal.Hint);
    }

    [Fact]
    public async Task Refuses_the_newest_of_a_name_that_two_servers_have()
    {
        Put(own, Manifests.Make(Manifests.Noon.AddHours(1), Manifests.App with { SystemIdentifier = "1" }, "bb"));
        var refusal = await Assert.ThrowsAsync<BackupException>(() => FindAsync("latest", "app"));
        Assert.StartsWith("'latest' could be a backup of 2 databases in ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("Name the backup's id (--backup <id>).", refusal.Hint);
    }

    [Fact]
    public async Task Tells_servers_apart_whose_identifier_nobody_may_read()
    {
        var unknown = Manifests.App with { SystemIdentifier = "unknown" };
        Put(
            Manifests.Make(Manifests.Noon, unknown),
            Manifests.Make(Manifests.Noon.AddHours(1), unknown, "bb") with
            {
                Origin = Manifests.Origin with { Address = "10.0.0.6:5432" },
            });
        Assert.StartsWith(
            "'latest' could be a backup of 2 databases in ",
            (await Assert.ThrowsAsync<BackupException>(() => FindAsync("latest", "app"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_an_id_in_any_database_unless_another_one_is_named()
    {
        Put(own, newer);
        Assert.Equal("other", (await FindAsync(newer.Id, null)).Manifest.Database.Name);
        var refusal = await Assert.ThrowsAsync<BackupException>(() => FindAsync(newer.Id, "app"));
        Assert.Equal($"There is no backup '{newer.Id}' of database app in memory://store. It is one of database other.", refusal.Message);
    }

    private void Put(params BackupManifest[] manifests) => manifests.ToList().ForEach(manifest => manifest.PutInto(store));

    private Task<CatalogBackup> FindAsync(string id, string? database)
        => new BackupCatalog(store).FindAsync(new BackupChoice(id, database), Token);
}
