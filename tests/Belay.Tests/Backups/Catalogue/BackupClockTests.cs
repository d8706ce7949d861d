using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Tests.Support;

namespace Belay.Tests.Backups.Catalogue;

public sealed class BackupClockTests
{
    private readonly MemoryStore store = new(TimeProvider.System);

    [Fact]
    public async Task Refuses_a_backup_while_the_newest_one_of_its_database_is_from_the_future()
    {
        Manifests.Make(Manifests.Noon.AddDays(-1)).PutInto(store);
        var future = Manifests.Make(Manifests.Noon.AddDays(3)).PutInto(store);
        var fault = await Assert.ThrowsAsync<BackupException>(() => BackupClock.DemandAsync(store, "app", Manifests.Noon, Token));
        Assert.Equal(
            "The newest backup of app in memory://store began at 2025-10-15 11:58:00 UTC, and now it is 2025-10-12 12:00:00 UTC: a clock "
                + "is wrong. Nothing was dumped.", fault.Message);
        Assert.Equal(
            $"Set this machine's clock. If it is right, the other was wrong: delete app/{future.Id}.* by hand, because cleanup deletes "
                + "nothing from the future.", fault.Hint);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public async Task Bears_clocks_that_differ_by_a_minute(int seconds, bool passes)
    {
        Manifests.Make(Manifests.Noon.AddMinutes(2).AddSeconds(seconds)).PutInto(store);
        var demand = BackupClock.DemandAsync(store, "app", Manifests.Noon, Token);
        Assert.Equal(passes, await Record.ExceptionAsync(() => demand) is null);
    }

    [Theory]
    [InlineData("app2")]
    [InlineData("ap")]
    public async Task Does_not_look_at_other_databases_whose_names_begin_alike(string other)
    {
        Manifests.Make(Manifests.Noon.AddDays(3), Manifests.App with { Name = other }).PutInto(store);
        await BackupClock.DemandAsync(store, "app", Manifests.Noon, Token);
        Assert.Single(store.Names, name => name.EndsWith(BackupName.ManifestSuffix, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Does_not_count_a_dump_without_manifest()
    {
        store.Put("app/20991012T115800Z-aa.dump.zst", [1]);
        await BackupClock.DemandAsync(store, "app", Manifests.Noon, Token);
        Assert.Single(store.Names);
    }
}
