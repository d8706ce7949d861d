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
public sealed class StoredBackupGateTests(PostgresFixture postgres) : IDisposable
{
    private readonly BackupBench bench = new(postgres.Tools);

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Refuses_a_folder_that_is_empty_or_does_not_exist()
    {
        await using var database = await CreateAsync();
        await RefusesAsync(await IdentifyAsync(database), "The store holds no backup.");
        Directory.Delete(bench.StoreFolder);
        var fault = await Assert.ThrowsAsync<StoreException>(async () => await bench.PassAsync(await IdentifyAsync(database)));
        Assert.Equal($"There is no folder {bench.StoreFolder}, which BACKUP_STORE names.", fault.Message);
    }

    [Fact]
    public async Task Refuses_a_manifest_whose_dump_was_deleted()
    {
        await using var database = await CreateAsync();
        var manifest = await ProvenAsync(database);
        File.Delete(bench.PathOf(manifest));
        await RefusesAsync(manifest.Database, $"{manifest.Id}: its dump '{manifest.ObjectName}' is missing.");
    }

    [Fact]
    public async Task Refuses_a_dump_whose_manifest_was_deleted()
    {
        await using var database = await CreateAsync();
        var manifest = await ProvenAsync(database);
        File.Delete(bench.PathOfManifest(manifest));
        await RefusesAsync(
            manifest.Database,
            $"'{manifest.ObjectName}' has no manifest, so it is no backup.\n  '{manifest.GlobalsName}' has no manifest, so it is no "
                + "backup.");
        var exception = await Assert.ThrowsAsync<BackupException>(() => bench.Prover.ProveAsync(manifest, ProofLevel.Readback, Token));
        Assert.Equal(
            $"The manifest '{Path.GetRelativePath(bench.StoreFolder, bench.PathOfManifest(manifest))}' is no longer in "
                + $"{bench.Store.DisplayName}.",
            exception.Message);
    }

    [Fact]
    public async Task Does_not_see_rot_that_leaves_size_and_time_as_they_were_but_the_next_proof_does()
    {
        await using var database = await CreateAsync();
        var manifest = await ProvenAsync(database);
        var path = bench.PathOf(manifest);
        var written = File.GetLastWriteTimeUtc(path);
        await File.WriteAllBytesAsync(path, DumpBytes.Flip(await File.ReadAllBytesAsync(path, Token), 100), Token);
        await RefusesAsync(manifest.Database, $"{manifest.Id}: its dump was replaced after it was proven.");
        File.SetLastWriteTimeUtc(path, written);
        Assert.Equal(manifest.Id, await bench.PassAsync(manifest.Database));

        await Assert.ThrowsAsync<DamagedDumpException>(() => bench.Prover.ProveAsync(manifest, ProofLevel.Readback, Token));
        await RefusesAsync(manifest.Database, $"{manifest.Id}: its proof level is none, demanded is readback.");
    }

    [Fact]
    public async Task Refuses_a_backup_that_was_taken_and_not_yet_read_back()
    {
        await using var database = await CreateAsync();
        var manifest = await bench.TakeAsync(database.Target, new BackupSettings());
        await RefusesAsync(manifest.Database, $"{manifest.Id}: its proof level is transport, demanded is readback.");
    }

    [Fact]
    public async Task Refuses_the_backup_of_another_database_of_the_same_server()
    {
        await using var database = await CreateAsync();
        await using var other = await CreateAsync();
        await ProvenAsync(other);
        await RefusesAsync(await IdentifyAsync(database), $"The store holds only backups of other databases: {other.Target.Database}.");
    }

    [Fact]
    public async Task Refuses_the_backup_of_another_database_under_this_ones_name()
    {
        await using var database = await CreateAsync();
        await using var other = await CreateAsync();
        var manifest = await ProvenAsync(other);
        var name = database.Target.Database;
        Directory.Move(Path.Combine(bench.StoreFolder, other.Target.Database), Path.Combine(bench.StoreFolder, name));
        await RefusesAsync(
            await IdentifyAsync(database),
            $"The manifest '{name}/{manifest.Id}.manifest.json' is of another backup: it says '{other.Target.Database}/{manifest.Id}' "
                + $"and names the dump '{manifest.ObjectName}'.");
    }

    [Fact]
    public async Task Refuses_the_backup_of_a_database_that_was_dropped_and_created_again()
    {
        await using var neighbour = await CreateAsync();
        await using var database = await CreateAsync();
        var manifest = await ProvenAsync(database);
        await neighbour.ExecuteAsync($"DROP DATABASE {database.Target.Database} WITH (FORCE)", Token);
        await neighbour.ExecuteAsync($"CREATE DATABASE {database.Target.Database} TEMPLATE template0", Token);
        await RefusesAsync(await IdentifyAsync(database), $"{manifest.Id}: it is of another database: {manifest.Database}.");
    }

    [Fact]
    public async Task Refuses_a_backup_that_grew_older_than_the_limit()
    {
        await using var database = await CreateAsync();
        var manifest = await ProvenAsync(database);
        var timeProvider = new FakeTimeProvider(manifest.EndedUtc + TimeSpan.FromMinutes(60));
        Assert.Equal(manifest.Id, await bench.PassAsync(manifest.Database, timeProvider: timeProvider));
        timeProvider.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(
            bench.LookedFor(manifest.Database) + $"{manifest.Id}: it is 1 h 01 min old, allowed are 1 h 00 min.",
            await bench.RefusalAsync(manifest.Database, timeProvider: timeProvider));
    }

    [Fact]
    public async Task Refuses_a_backup_whose_snapshot_is_older_than_the_last_migration()
    {
        await using var database = await CreateAsync();
        var before = await NowAsync(database);
        var manifest = await ProvenAsync(database);
        var after = await NowAsync(database);
        Assert.Equal(manifest.Id, await bench.PassAsync(manifest.Database, before));
        Assert.Equal(
            bench.LookedFor(manifest.Database)
                .Replace(".\n", $", taken after the last migration ({Quantity.Utc(after)}).\n", StringComparison.Ordinal)
                + $"{manifest.Id}: its snapshot ({Quantity.Utc(manifest.SnapshotUtc)}) is not after the last migration "
                + $"({Quantity.Utc(after)}).",
            await bench.RefusalAsync(manifest.Database, after));
    }

    [Fact]
    public async Task Refuses_a_manifest_that_was_edited_by_hand()
    {
        await using var database = await CreateAsync();
        var manifest = await bench.TakeAsync(database.Target, new BackupSettings());
        var path = bench.PathOfManifest(manifest);
        var text = await File.ReadAllTextAsync(path, Token);
        var edited = text.Replace("\"proofLevel\": \"transport\"", "\"proofLevel\": \"readback\"", StringComparison.Ordinal);
        Assert.NotEqual(text, edited);
        await File.WriteAllTextAsync(path, edited, new UTF8Encoding(false), Token);
        var message =
            $"The manifest '{manifest.Database.Name}/{manifest.Id}.manifest.json' was changed after it was written: its SHA-256 over "
                + "itself does not match.";
        await RefusesAsync(manifest.Database, message);
        var exception = await Assert.ThrowsAsync<BackupException>(() => bench.Prover.ProveAsync(manifest, ProofLevel.Readback, Token));
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
        => Assert.Equal(bench.LookedFor(database) + found, await bench.RefusalAsync(database));

    private async Task<BackupManifest> ProvenAsync(TestDatabase database)
        => await bench.Prover.ProveAsync(await bench.TakeAsync(database.Target, new BackupSettings()), ProofLevel.Readback, Token);

    private async Task<TestDatabase> CreateAsync()
    {
        var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync("CREATE TABLE numbers AS SELECT generate_series(1, 1000) AS id", Token);
        return database;
    }
}
