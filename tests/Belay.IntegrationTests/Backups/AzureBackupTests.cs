using Azure.Storage.Blobs.Specialized;
using Belay.Backups;
using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Gate;
using Belay.IntegrationTests.Support;
using Belay.Local;
using Belay.Storage;
using Belay.Storage.Kinds;

namespace Belay.IntegrationTests.Backups;

public sealed class AzureBackupTests(PostgresFixture postgres, AzuriteFixture azurite)
{
    private static readonly BackupSettings Plain = new() { Compression = "none" };

    [Theory]
    [InlineData("zstd", ProofLevel.Readback)]
    [InlineData("none", ProofLevel.Readback)]
    [InlineData("native", ProofLevel.Restored)]
    public async Task Takes_proves_and_gates_a_backup_of_several_blocks(string codec, ProofLevel level)
    {
        await using var database = await CreateAsync(200_000);
        using var bench = new BackupBench(postgres.Tools);
        var store = StoreFactory.Open(await azurite.CreateContainerAsync(Token));
        var manifest = await bench.TakeAsync(database.Target, new BackupSettings { Compression = codec }, store);
        Assert.StartsWith(
            $"{(manifest.Size + (4 << 20) - 1) / (4 << 20)} blocks accepted", manifest.Evidence[0].Facts[0], StringComparison.Ordinal);
        var proven = await bench.ProverOf(store).ProveAsync(manifest, level, Token);
        Assert.Equal(level, proven.ProofLevel);
        Assert.Contains(
            $"SHA-256 equal over {manifest.Size} bytes", proven.Evidence.Single(evidence => evidence.Level == ProofLevel.Readback).Facts);
        await using var proof = await GateAsync(store, manifest);
        Assert.Equal(manifest.Id, proof.Backup.Id);
        Assert.Equal([manifest.Id], await ListAsync(store));
    }

    [Fact]
    public async Task Closes_the_gate_when_the_blob_was_replaced_by_one_of_the_same_size()
    {
        await using var database = await CreateAsync(10);
        using var bench = new BackupBench(postgres.Tools);
        var location = await azurite.CreateContainerAsync(Token);
        var store = StoreFactory.Open(location);
        var manifest = await bench.ProverOf(store)
            .ProveAsync(await bench.TakeAsync(database.Target, Plain, store), ProofLevel.Readback, Token);
        var dump = AzuriteFixture.Client(location).GetBlobClient(manifest.ObjectName);
        // The proof's lease lasts a little longer than the proof, and would refuse this too.
        await dump.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: Token);
        await dump.UploadAsync(BinaryData.FromBytes(new byte[manifest.Size]), overwrite: true, Token);
        var refusal = await Assert.ThrowsAsync<GateException>(() => GateAsync(store, manifest));
        Assert.Equal(
            $"No backup lets the migration begin. Looked in {store.DisplayName} for a complete backup of {manifest.Database} with proof "
                + $"level readback, not older than 1 h 00 min.\n  {manifest.Id}: its dump was replaced after it was proven.",
            refusal.Message);
        var damaged = await Assert.ThrowsAsync<DamagedDumpException>(
            () => bench.ProverOf(store).ProveAsync(manifest, ProofLevel.Readback, Token));
        Assert.StartsWith(
            $"The dump '{manifest.ObjectName}' is not what was written: its SHA-256 is ", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_nothing_of_an_upload_that_was_cancelled_in_the_middle()
    {
        await using var database = await CreateAsync(200_000);
        using var bench = new BackupBench(postgres.Tools);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var store = StoreFactory.Open(await azurite.CreateContainerAsync(Token));
        var held = new HeldUpload(store, 9 << 20);
        var backup = bench.TakeAsync(database.Target, Plain, held.Store, cancellation.Token);
        await held.ReachedAsync(backup);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => backup);
        await new DumpWatch(database).IsGoneAsync();
        Assert.Empty(await ListAsync(store));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lists_only_the_next_backup_when_the_store_went_away_in_the_middle_of_one(bool killed)
    {
        var folder = TestFolder.New("azurite-dying");
        await using var database = await CreateAsync(200_000);
        using var bench = new BackupBench(postgres.Tools);
        await using var server = await AzuriteServer.StartAsync(folder, Token);
        var store = StoreFactory.Open(server.Location("dying"));
        await store.ProbeAsync(Token);
        var held = new HeldUpload(store, 9 << 20);
        var backup = bench.TakeAsync(database.Target, Plain, held.Store);
        await held.ReachedAsync(backup);
        await (killed ? server.KillAsync() : server.StopAsync());
        held.Release();
        var fault = await Assert.ThrowsAsync<StoreException>(() => backup);
        // Which block fails first, and whether its connection was cut or refused, is chance.
        Assert.StartsWith($"Cannot write '{database.Target.Database}/", fault.Message, StringComparison.Ordinal);
        Assert.Contains($".dump' in {store.DisplayName}: ", fault.Message, StringComparison.Ordinal);
        Assert.Equal("Look at the network, the proxy and the account's name, then run the command again.", fault.Hint);
        Assert.Equal(4, fault.ExitCode);
        await new DumpWatch(database).IsGoneAsync();

        await using var again = await AzuriteServer.StartAsync(
            new AzuriteOptions { Folder = folder, Port = server.Port, AccountKey = server.AccountKey }, Token);

        // A killed Azurite may have lost the container; a release probes first and creates it.
        await store.ProbeAsync(Token);
        Assert.Empty(await ListAsync(store));
        var manifest = await bench.ProverOf(store)
            .ProveAsync(await bench.TakeAsync(database.Target, Plain, store), ProofLevel.Readback, Token);
        Assert.Equal([manifest.Id], await ListAsync(store));
        await using (var proof = await GateAsync(store, manifest))
        {
            Assert.Equal(manifest.Id, proof.Backup.Id);
        }

        await again.StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static Task<BackupProof> GateAsync(IBackupStore store, BackupManifest manifest)
        => new BackupGate(store, new BackupSettings(), TimeProvider.System).DemandAsync(GateTargets.Of(manifest), Token);

    /// <summary>The ids of the backups; fails when there is anything else of a backup.</summary>
    private static async Task<IReadOnlyList<string>> ListAsync(IBackupStore store)
    {
        var contents = await new BackupCatalog(store).ReadAsync(Token);
        Assert.Empty(contents.Orphans);
        Assert.Empty(contents.Unreadable);
        return [.. contents.Backups.Select(backup => backup.Manifest.Id)];
    }

    private async Task<TestDatabase> CreateAsync(int rows)
    {
        var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync(
            $"CREATE TABLE numbers AS SELECT i AS id, md5(i::text) || md5((-i)::text) AS text FROM generate_series(1, {rows}) i", Token);
        return database;
    }
}
