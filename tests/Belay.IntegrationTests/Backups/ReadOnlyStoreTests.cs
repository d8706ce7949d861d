using Azure.Storage.Sas;
using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Backups.Proving;
using Belay.Gate;
using Belay.IntegrationTests.Support;
using Belay.Storage;
using Belay.Storage.Kinds;

namespace Belay.IntegrationTests.Backups;

/// <summary>Reading must not need writing: who may only read a store fetches and proves its backups, and migrates behind them.</summary>
public sealed class ReadOnlyStoreTests(PostgresFixture postgres, AzuriteFixture azurite) : DatabaseTest(postgres)
{
    private readonly BackupBench bench = new(postgres.Tools);

    protected override Task PrepareAsync()
        => Database.ExecuteAsync("CREATE TABLE numbers AS SELECT i AS id FROM generate_series(1, 100) i", Token);

    public override async ValueTask DisposeAsync()
    {
        bench.Dispose();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_enough_with_a_signature_that_may_read_and_list(bool encrypted)
    {
        var location = await azurite.CreateContainerAsync(Token) with { Key = encrypted ? BackupKeys.Make() : null };
        var manifest = await ProvenAsync(StoreFactory.Open(location));
        var signature = BlobContainerSasPermissions.Read | BlobContainerSasPermissions.List;
        var address = AzuriteFixture.Client(location).GenerateSasUri(signature, TimeProvider.System.GetUtcNow().AddHours(1));

        await ReadsAsync(
            StoreFactory.Open(location with { ConnectionString = null, SignedContainerUri = new Secret(address.ToString()) }),
            manifest,
            "not permitted (HTTP 403, ");
    }

    [Fact]
    public async Task Is_enough_on_a_disk_that_is_mounted_read_only()
    {
        var manifest = await ProvenAsync(bench.Store);
        await using var mount = await Mount.ReadOnlyAsync(bench.StoreFolder, Token);

        await ReadsAsync(bench.Store, manifest, "the disk is mounted read-only.");
    }

    [Fact]
    public async Task Is_enough_on_a_full_disk()
    {
        await using var mount = await Mount.TemporaryAsync(bench.StoreFolder, "4m", Token);
        var manifest = await ProvenAsync(bench.Store);
        var filler = Path.Combine(bench.StoreFolder, "filler");
        await using (var file = new FileStream(filler, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            await Assert.ThrowsAsync<IOException>(async () =>
            {
                for (var size = 4096; ; size = Math.Max(1, size))
                {
                    await file.WriteAsync(new byte[size], Token);
                }
            });
        }

        await ReadsAsync(bench.Store, manifest, "the disk is full. Nothing of this object is kept.");
    }

    private async Task<BackupManifest> ProvenAsync(IBackupStore store)
        => await bench.ProverOf(store)
            .ProveAsync(await bench.TakeAsync(Database.Target, new BackupSettings(), store), ProofLevel.Readback, Token);

    private async Task ReadsAsync(IBackupStore store, BackupManifest manifest, string reason)
    {
        var output = new TestOutput();
        var folder = TestFolder.New("read-only");
        var files = await new BackupFetcher(store, output, TimeProvider.System).RunAsync(manifest, folder, Token);
        Assert.Equal(3, files.Count);
        Directory.Delete(folder, recursive: true);

        var prover = new BackupProver(
            store, Postgres.Tools, output, TimeProvider.System) { ScratchFolder = bench.ScratchFolder, MayBeUnrecorded = true };
        Assert.Equal(ProofLevel.Restored, (await prover.ProveAsync(manifest, ProofLevel.Restored, Token)).ProofLevel);
        await using (var proof = await new BackupGate(store, new BackupSettings(), TimeProvider.System) { Output = output }
            .DemandAsync(GateTargets.Of(manifest), Token))
        {
            Assert.Equal(manifest.Id, proof.Backup.Id);
        }

        Assert.Equal(4, output.Warnings.Count);
        Assert.All(output.Warnings, warning => Assert.Contains(reason, warning, StringComparison.Ordinal));
        Assert.Equal(3, output.Warnings.Count(warning => warning.StartsWith(
            $"Backup {manifest.Id} is read without being marked as in use, so a cleanup that runs now could delete it: Cannot ",
            StringComparison.Ordinal)));
        Assert.Single(output.Warnings, warning => warning.StartsWith(
            $"What was seen of backup {manifest.Id} is not in its manifest, so others still see readback: Cannot ",
            StringComparison.Ordinal));
        await Assert.ThrowsAsync<StoreException>(() => bench.ProverOf(store).ProveAsync(manifest, ProofLevel.Readback, Token));
    }
}
