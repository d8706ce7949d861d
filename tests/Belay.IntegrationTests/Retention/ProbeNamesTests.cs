using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Backups.Taking;
using Belay.IntegrationTests.Backups;
using Belay.IntegrationTests.Support;
using Belay.Retention;
using Belay.Storage;
using Belay.Storage.Folder;
using Belay.Storage.Kinds;
using Microsoft.Extensions.Time.Testing;

namespace Belay.IntegrationTests.Retention;

/// <summary>A database may be called like the objects that a store is tried out with.</summary>
public sealed class ProbeNamesTests(PostgresFixture postgres, AzuriteFixture azurite) : IDisposable
{
    private readonly BackupBench bench = new(postgres.Tools);
    private readonly FakeTimeProvider timeProvider = new(TimeProvider.System.GetUtcNow());
    private readonly TestOutput output = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("belay-probe", "folder")]
    [InlineData("belay-probe", "azurite")]
    [InlineData("belay-probe-0011223344556677", "folder")]
    [InlineData("belay-probe-0011223344556677", "azurite")]
    public async Task Are_those_of_backups_when_a_database_has_them(string name, string kind)
    {
        IBackupStore store = kind == "folder"
            ? new FolderStore(new FolderStoreLocation { Folder = bench.StoreFolder }, timeProvider)
            : StoreFactory.Open(await azurite.CreateContainerAsync(Token));
        await using var database = await TestDatabase.CreateAsync(postgres.Server, name, Token);
        await database.ExecuteAsync("CREATE TABLE numbers AS SELECT generate_series(1, 100) AS id", Token);
        await store.CreateAsync("belay-probe-8899aabbccddeeff", new byte[1], Token);
        var (old, young) = (
            await TakeAsync(store, database, 20),
            await bench.ProverOf(store).ProveAsync(await TakeAsync(store, database, 0), ProofLevel.Readback, Token));

        await store.ProbeAsync(Token);

        var contents = await new BackupCatalog(store).ReadAsync(Token);
        Assert.Equal([young.Id, old.Id], contents.Backups.Select(backup => backup.Manifest.Id));
        Assert.All(contents.Backups, backup => Assert.True(backup.Judgement.IsWhole));
        Assert.Equal(["belay-probe-8899aabbccddeeff"], contents.Orphans.Select(orphan => orphan.Name));
        Assert.Empty(contents.Unreadable);

        timeProvider.Advance(TimeSpan.FromDays(2));
        var summary = await new RetentionRunner(store, output, timeProvider).RunAsync(new RetentionSettings(), Token);
        Assert.Equal(
            [$"{database.Target.Database} {old.Id}", "belay-probe-8899aabbccddeeff"], summary.Deleted.Select(decision => decision.Name));
        Assert.Equal(young.Id, Assert.Single((await new BackupCatalog(store).ReadAsync(Token)).Backups).Manifest.Id);
        await bench.ProverOf(store).ProveAsync(young, ProofLevel.Readback, Token);
    }

    private Task<BackupManifest> TakeAsync(IBackupStore store, TestDatabase database, int daysAgo)
        => new BackupRunner(store, postgres.Tools, new TestOutput(), new FakeTimeProvider(timeProvider.GetUtcNow().AddDays(-daysAgo)))
            .RunAsync(new BackupRequest { Database = database.Target }, Token);
}
