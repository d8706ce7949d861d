using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Backups.Taking;
using Belay.IntegrationTests.Backups;
using Belay.IntegrationTests.Support;
using Belay.Retention;
using Belay.Storage;
using Belay.Storage.Kinds;
using Microsoft.Extensions.Time.Testing;

namespace Belay.IntegrationTests.Retention;

/// <summary>Cleanup of real backups in Azurite: two that are too old and one of now.</summary>
public sealed class AzureRetentionTests(PostgresFixture postgres, AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly FakeTimeProvider timeProvider = new(TimeProvider.System.GetUtcNow());
    private readonly TestOutput output = new();
    private readonly List<string> deletions = [];
    private IBackupStore? opened;
    private IReadOnlyList<BackupManifest> backups = [];

    private IBackupStore Store => opened ?? throw new InvalidOperationException("The store is not open.");

    private InterceptedStore Watched => new(Store)
    {
        BeforeDelete = name =>
        {
            deletions.Add(name);
            return Task.CompletedTask;
        },
    };

    public async ValueTask InitializeAsync()
    {
        opened = StoreFactory.Open(await azurite.CreateContainerAsync(Token));
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync("CREATE TABLE numbers AS SELECT generate_series(1, 100) AS id", Token);
        using var bench = new BackupBench(postgres.Tools);
        var oldest = await TakeAsync(database, 20);
        var middle = await TakeAsync(database, 10);
        var newest = await bench.ProverOf(Store).ProveAsync(await TakeAsync(database, 0), ProofLevel.Readback, Token);
        backups = [newest, middle, oldest];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Tells_in_a_dry_run_what_the_next_run_does_and_deletes_nothing()
    {
        var catalog = await new BackupCatalog(Store).ReadAsync(Token);
        var sizes = catalog.Backups
            .Select(backup => backup.ManifestObject.Size + backup.DumpObjects.Sum(found => found.Size) + (backup.GlobalsObject?.Size ?? 0))
            .ToList();
        string[] plan =
        [
            $"Keep {NameOf(0)} ({Quantity.Bytes(sizes[0])}): it is the newest proven backup of its database",
            $"Delete {NameOf(1)} ({Quantity.Bytes(sizes[1])}): it is 10 d 0 h old, kept for 7 d 0 h",
            $"Delete {NameOf(2)} ({Quantity.Bytes(sizes[2])}): it is 20 d 0 h old, kept for 7 d 0 h",
        ];
        var freed = Quantity.Bytes(sizes[1] + sizes[2]);

        await RunAsync(Watched, new RetentionSettings { DryRun = true });
        Assert.Equal([.. plan, $"Dry run: would delete 2, freeing {freed}, and keep 1."], output.Lines);
        Assert.Empty(deletions);
        Assert.Equal(9, (await NamesAsync()).Count);

        await RunAsync(Watched, new RetentionSettings());
        Assert.Equal([.. plan, $"Deleted 2, freed {freed}, kept 1."], output.Lines.Skip(5));
        Assert.Equal([.. NamesOf(1), .. NamesOf(2)], deletions);
        Assert.Equal(NamesOf(0).Order(StringComparer.Ordinal), await NamesAsync());
        Assert.True(Assert.Single((await new BackupCatalog(Store).ReadAsync(Token)).Backups).IsProven);
    }

    [Fact]
    public async Task Leaves_no_manifest_without_dump_when_it_is_stopped_and_removes_the_rest_later()
    {
        var stopping = new InterceptedStore(Store)
        {
            BeforeDelete = name => name == backups[1].ObjectName ? throw new StoreException("The store went away.") : Task.CompletedTask,
        };
        await Assert.ThrowsAsync<StoreException>(() => RunAsync(stopping, new RetentionSettings()));
        var contents = await new BackupCatalog(Store).ReadAsync(Token);
        Assert.Equal([backups[0].Id, backups[2].Id], contents.Backups.Select(backup => backup.Manifest.Id));
        Assert.All(contents.Backups, backup => Assert.True(backup.IsComplete));
        Assert.Equal([backups[1].ObjectName, backups[1].GlobalsName], contents.Orphans.Select(orphan => orphan.Name));

        await RunAsync(Store, new RetentionSettings());
        Assert.Equal(5, (await NamesAsync()).Count);
        timeProvider.Advance(TimeSpan.FromDays(2));
        await RunAsync(Store, new RetentionSettings());
        Assert.Equal(NamesOf(0).Order(StringComparer.Ordinal), await NamesAsync());
    }

    [Fact]
    public async Task Leaves_a_backup_that_was_put_on_hold_after_the_plan_was_made()
    {
        var held = new InterceptedStore(Store)
        {
            BeforeDelete = async name =>
            {
                if (name == NamesOf(1)[0])
                {
                    await new BackupHolds(Store)
                        .SetAsync(await new BackupCatalog(Store).FindAsync(new BackupChoice(backups[1].Id, null), Token), "audit", Token);
                }
            },
        };
        var summary = await RunAsync(held, new RetentionSettings());
        Assert.Equal([NameOf(1)], summary.Changed.Select(decision => decision.Name));
        Assert.Equal([NameOf(2)], summary.Deleted.Select(decision => decision.Name));
        Assert.Equal([$"'{NamesOf(1)[0]}' was left: it changed meanwhile."], output.Warnings);
        Assert.Equal([.. NamesOf(1).Concat(NamesOf(0)).Order(StringComparer.Ordinal)], await NamesAsync());
        Assert.Empty((await RunAsync(Store, new RetentionSettings())).Deleted);
    }

    [Fact]
    public async Task Deletes_nothing_while_a_manifest_cannot_be_read()
    {
        var found = (await Store.FindAsync(NamesOf(0)[0], Token))!;
        Assert.True(await Store.ReplaceAsync(found, "{}"u8.ToArray(), Token));
        var exception = await Assert.ThrowsAsync<BackupException>(() => RunAsync(Watched, new RetentionSettings()));
        Assert.Equal(
            $"Nothing was deleted from {Store.DisplayName}: The manifest '{NamesOf(0)[0]}' cannot be read: it has no format number",
            exception.Message);
        Assert.Empty(deletions);
        Assert.Equal(9, (await NamesAsync()).Count);
    }

    private Task<RetentionSummary> RunAsync(IBackupStore store, RetentionSettings policy)
        => new RetentionRunner(store, output, timeProvider).RunAsync(policy, Token);

    private async Task<BackupManifest> TakeAsync(TestDatabase database, int daysAgo)
        => await new BackupRunner(
            Store, postgres.Tools, output: new TestOutput(), new FakeTimeProvider(timeProvider.GetUtcNow().AddDays(-daysAgo)))
            .RunAsync(new BackupRequest { Database = database.Target }, Token);

    private string NameOf(int index) => $"{backups[index].Database.Name} {backups[index].Id}";

    /// <summary>A backup's objects in the order in which they are deleted.</summary>
    private string[] NamesOf(int index)
        => [$"{backups[index].Database.Name}/{backups[index].Id}.manifest.json", backups[index].ObjectName, backups[index].GlobalsName!];

    private async Task<List<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var found in Store.ListAsync("", Token))
        {
            names.Add(found.Name);
        }

        return names;
    }
}
