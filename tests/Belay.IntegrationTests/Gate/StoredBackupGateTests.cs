using System.Text;
using Belay.Backups;
using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.IntegrationTests.Backups;
using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Belay.IntegrationTests.Gate;

/// <summary>The gate before a real proven backup in a folder, after something happened to it.</summary>
public sealed class StoredBackupGateTests(PostgresFixture postgres) : BackupTest(postgres)
{
    [Fact]
    public async Task Refuses_a_folder_that_is_empty_or_does_not_exist()
    {
        await RefusesAsync(await IdentifyAsync(Database), "The store holds no backup.");
        Directory.Delete(Bench.StoreFolder);
        var fault = await Assert.ThrowsAsync<StoreException>(async () => await Bench.PassAsync(await IdentifyAsync(Database)));
        Assert.Equal($"There is no folder {Bench.StoreFolder}, which BACKUP_STORE names.", fault.Message);
    }

    [Fact]
    public async Task Refuses_a_manifest_whose_dump_was_deleted()
    {
        var manifest = await ProvenAsync(Database);
        File.Delete(Bench.PathOf(manifest));
        await RefusesAsync(manifest.Database, $"{manifest.Id}: its dump '{manifest.ObjectName}' is missing.");
    }

    [Fact]
    public async Task Refuses_a_dump_whose_manifest_was_deleted()
    {
        var manifest = await ProvenAsync(Database);
        File.Delete(Bench.PathOfManifest(manifest));
        await RefusesAsync(
            manifest.Database,
            $"'{manifest.ObjectName}' has no manifest, so it is no backup.\n  '{manifest.GlobalsName}' has no manifest, so it is no "
                + "backup.");
        var exception = await Assert.ThrowsAsync<BackupException>(() => Bench.Prover.ProveAsync(manifest, ProofLevel.Readback, Token));
        Assert.Equal(
            $"The manifest '{Path.GetRelativePath(Bench.StoreFolder, Bench.PathOfManifest(manifest))}' is no longer in "
                + $"{Bench.Store.DisplayName}.",
            exception.Message);
    }

    [Fact]
    public async Task Does_not_see_rot_that_leaves_size_and_time_as_they_were_but_the_next_proof_does()
    {
        var manifest = await ProvenAsync(Database);
        var path = Bench.PathOf(manifest);
        var written = File.GetLastWriteTimeUtc(path);
        await File.WriteAllBytesAsync(path, DumpBytes.Flip(await File.ReadAllBytesAsync(path, Token), 100), Token);
        await RefusesAsync(manifest.Database, $"{manifest.Id}: its dump was replaced after it was proven.");
        File.SetLastWriteTimeUtc(path, written);
        Assert.Equal(manifest.Id, await Bench.PassAsync(manifest.Database));

        await Assert.ThrowsAsync<DamagedDumpException>(() => Bench.Prover.ProveAsync(manifest, ProofLevel.Readback, Token));
        await RefusesAsync(manifest.Database, $"{manifest.Id}: its proof level is none, demanded is readback.");
    }

    [Fact]
    public async Task Refuses_a_backup_that_was_taken_and_not_yet_read_back()
    {
        var manifest = await Bench.TakeAsync(Database.Target, new BackupSettings());
        await RefusesAsync(manifest.Database, $"{manifest.Id}: its proof level is transport, demanded is readback.");
    }

    [Fact]
    public async Task Refuses_the_backup_of_another_database_of_the_same_server()
    {
        await using var other = await CreateAsync();
        await ProvenAsync(other);
        await RefusesAsync(await IdentifyAsync(Database), $"The store holds only backups of other databases: {other.Target.Database}.");
    }

    [Fact]
    public async Task Refuses_the_backup_of_another_database_under_this_ones_name()
    {
        await using var other = await CreateAsync();
        var manifest = await ProvenAsync(other);
        var name = Database.Target.Database;
        Directory.Move(Path.Combine(Bench.StoreFolder, other.Target.Database), Path.Combine(Bench.StoreFolder, name));
        await RefusesAsync(
            await IdentifyAsync(Database),
            $"The manifest '{name}/{manifest.Id}.manifest.json' is of another backup: it says '{other.Target.Database}/{manifest.Id}' "
                + $"and names the dump '{manifest.ObjectName}'.");
    }

    [Fact]
    public async Task Refuses_the_backup_of_a_database_that_was_dropped_and_created_again()
    {
        await using var neighbour = await CreateAsync();
        var manifest = await ProvenAsync(Database);
        await neighbour.ExecuteAsync($"DROP DATABASE {Database.Target.Database} WITH (FORCE)", Token);
        await neighbour.ExecuteAsync($"CREATE DATABASE {Database.Target.Database} TEMPLATE template0", Token);
        await RefusesAsync(await IdentifyAsync(Database), $"{manifest.Id}: it is of another database: {manifest.Database}.");
    }

    [Fact]
    public async Task Refuses_a_backup_that_grew_older_than_the_limit()
    {
        var manifest = await ProvenAsync(Database);
        var timeProvider = new FakeTimeProvider(manifest.EndedUtc + TimeSpan.FromMinutes(60));
        Assert.Equal(manifest.Id, await Bench.PassAsync(manifest.Database, timeProvider: timeProvider));
        timeProvider.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(
            Bench.LookedFor(manifest.Database) + $"{manifest.Id}: it is 1 h 01 min old, allowed are 1 h 00 min.",
            await Bench.RefusalAsync(manifest.Database, timeProvider: timeProvider));
    }

    [Fact]
    public async Task Refuses_a_backup_whose_snapshot_is_older_than_the_last_migration()
    {
        var before = await NowAsync(Database);
        var manifest = await ProvenAsync(Database);
        var after = await NowAsync(Database);
        Assert.Equal(manifest.Id, await Bench.PassAsync(manifest.Database, before));
        Assert.Equal(
            Bench.LookedFor(manifest.Database)
                .Replace(".\n", $", taken after the last migration ({Quantity.Utc(after)}).\n", StringComparison.Ordinal)
                + $"{manifest.Id}: its snapshot ({Quantity.Utc(manifest.SnapshotUtc)}) is not after the last migration "
                + $"({Quantity.Utc(after)}).",
            await Bench.RefusalAsync(manifest.Database, after));
    }

    [Fact]
    public async Task Refuses_a_manifest_that_was_edited_by_hand()
    {
        var manifest = await Bench.TakeAsync(Database.Target, new BackupSettings());
        var path = Bench.PathOfManifest(manifest);
        var text = await File.ReadAllTextAsync(path, Token);
        var edited = text.Replace("\"proofLevel\": \"transport\"", "\"proofLevel\": \"readback\"", StringComparison.Ordinal);
        Assert.NotEqual(text, edited);
        await File.WriteAllTextAsync(path, edited, new UTF8Encoding(false), Token);
        var message =
            $"The manifest '{manifest.Database.Name}/{manifest.Id}.manifest.json' was changed after it was written: its SHA-256 over "
                + "itself does not match.";
        await RefusesAsync(manifest.Database, message);
        var exception = await Assert.ThrowsAsync<BackupException>(() => Bench.Prover.ProveAsync(manifest, ProofLevel.Readback, Token));
        Assert.Equal(message, exception.Message);
        Assert.Equal(edited, await File.ReadAllTextAsync(path, Token));
    }

    private static async Task<DatabaseIdentity> IdentifyAsync(TestDatabase database)
    {
        await using var connection = await database.OpenAsync(Token);
        return await DatabaseReader.ReadIdentityAsync(connection, Token);
    }

    private static async Task<DateTimeOffset> NowAsync(TestDatabase database)
        => new((DateTime)(await database.ScalarAsync("SELECT clock_timestamp()", Token))!);

    private async Task RefusesAsync(DatabaseIdentity database, string found)
        => Assert.Equal(Bench.LookedFor(database) + found, await Bench.RefusalAsync(database));

    private async Task<BackupManifest> ProvenAsync(TestDatabase database)
        => await Bench.Prover.ProveAsync(await Bench.TakeAsync(database.Target, new BackupSettings()), ProofLevel.Readback, Token);

    private async Task<TestDatabase> CreateAsync()
    {
        var database = await Postgres.CreateDatabaseAsync(Token);
        await FillAsync(database);
        return database;
    }

    private static Task FillAsync(TestDatabase database)
        => database.ExecuteAsync("CREATE TABLE numbers AS SELECT generate_series(1, 1000) AS id", Token);

    protected override Task PrepareAsync() => FillAsync(Database);
}
