using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Gate;
using Belay.Tests.Backups;
using Belay.Tests.Support;

namespace Belay.Tests.Gate;

public sealed class BackupAgeTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(26);

    private readonly MemoryStore store = new();

    [Fact]
    public async Task A_backup_as_old_as_is_allowed_is_young_enough()
    {
        Put(Manifests.Make(Manifests.Noon));
        await DemandAsync("app", EndOf(Manifests.Make(Manifests.Noon)) + Day);
    }

    [Fact]
    public async Task An_older_one_is_refused_with_its_age()
    {
        var old = Manifests.Make(Manifests.Noon);
        Put(old);
        var refusal = await Assert.ThrowsAsync<BackupException>(() => DemandAsync("app", EndOf(old) + Day + TimeSpan.FromMinutes(1)));
        Assert.Equal($"The newest proven backup of app, {old.Id}, is 1 d 2 h old; --max-age allows 1 d 2 h", refusal.Message);
        Assert.Equal("./build.sh Backup takes one", refusal.Hint);
        Assert.Equal(ExitCodes.BackupFailed, refusal.ExitCode);
    }

    [Fact]
    public async Task A_younger_one_that_is_not_proven_does_not_count()
    {
        var old = Manifests.Make(Manifests.Noon);
        var younger = Manifests.Make(Manifests.Noon.AddDays(2), runId: "bb") with { ProofLevel = ProofLevel.Transport };
        Put(old, younger);
        var refusal = await Assert.ThrowsAsync<BackupException>(() => DemandAsync("app", EndOf(younger)));
        Assert.StartsWith($"The newest proven backup of app, {old.Id}, is ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_name_each_database_of_the_store_is_looked_at()
    {
        var other = Manifests.Make(Manifests.Noon.AddDays(-3), Manifests.App with { Name = "other" }, "bb");
        Put(Manifests.Make(Manifests.Noon), other);
        var refusal = await Assert.ThrowsAsync<BackupException>(() => DemandAsync(null, Manifests.Noon));
        Assert.StartsWith($"The newest proven backup of other, {other.Id}, is ", refusal.Message, StringComparison.Ordinal);
        await DemandAsync("app", Manifests.Noon);
    }

    [Fact]
    public async Task Of_several_proven_ones_the_newest_counts()
    {
        Put(Manifests.Make(Manifests.Noon.AddDays(-3)), Manifests.Make(Manifests.Noon, runId: "bb"));
        await DemandAsync("app", Manifests.Noon + Day);
    }

    [Fact]
    public async Task Names_every_database_that_has_none_in_the_order_of_names()
    {
        var ended = Manifests.Noon.AddDays(-3);
        Put([.. new[] { "app", "zoo", "Bar" }.Select(name => Manifests.Make(ended, Manifests.App with { Name = name }))]);
        var refusal = await Assert.ThrowsAsync<BackupException>(() => DemandAsync(null, Manifests.Noon));
        Assert.Equal(["Bar", "app", "zoo"], refusal.Message.Split('\n').Select(line => line.Split(' ', ',')[5]));
    }

    [Fact]
    public async Task A_clock_may_differ_by_a_minute_and_no_more()
    {
        var ahead = Manifests.Make(Manifests.Noon.AddMinutes(1));
        Put(ahead);
        await DemandAsync("app", Manifests.Noon);
        await Assert.ThrowsAsync<BackupException>(() => DemandAsync("app", Manifests.Noon.AddTicks(-1)));
    }

    [Fact]
    public async Task None_at_all_is_refused_and_so_is_one_of_the_future()
    {
        Assert.Equal(
            "The store has no backup of any database",
            (await Assert.ThrowsAsync<BackupException>(() => DemandAsync(null, Manifests.Noon))).Message);
        Assert.Equal(
            "app has no proven backup", (await Assert.ThrowsAsync<BackupException>(() => DemandAsync("app", Manifests.Noon))).Message);
        var future = Manifests.Make(Manifests.Noon.AddHours(5));
        Put(future);
        Assert.Equal(
            $"The newest proven backup of app, {future.Id}, ended in the future, at {Quantity.Utc(future.EndedUtc)}",
            (await Assert.ThrowsAsync<BackupException>(() => DemandAsync("app", Manifests.Noon))).Message);
    }

    private static DateTimeOffset EndOf(BackupManifest manifest) => manifest.EndedUtc;

    private async Task DemandAsync(string? database, DateTimeOffset now)
        => BackupAge.Demand(await new BackupCatalog(store).ReadAsync(Token), Day, database, now);

    private void Put(params BackupManifest[] manifests) => manifests.ToList().ForEach(manifest => manifest.PutInto(store));
}
