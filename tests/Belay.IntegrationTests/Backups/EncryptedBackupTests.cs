using System.Security.Cryptography;
using Azure.Storage.Blobs.Models;
using Belay.Backups;
using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Backups.Proving;
using Belay.Gate;
using Belay.IntegrationTests.Support;
using Belay.Retention;
using Belay.Storage;
using Belay.Storage.Azure;
using Belay.Storage.Kinds;
using Microsoft.Extensions.Time.Testing;

namespace Belay.IntegrationTests.Backups;

/// <summary>Whole backups of a real Database, encrypted in Azurite.</summary>
public sealed class EncryptedBackupTests(PostgresFixture postgres, AzuriteFixture azurite) : DatabaseTest(postgres)
{
    private readonly BackupBench bench = new(postgres.Tools);
    private readonly BackupKey key = BackupKeys.Make();

    protected override Task PrepareAsync()
        => Database.ExecuteAsync("CREATE TABLE numbers AS SELECT i AS id, md5(i::text) AS text FROM generate_series(1, 1000) i", Token);

    public override async ValueTask DisposeAsync()
    {
        bench.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Is_proven_by_decrypting_it_and_opens_the_gate_only_with_its_key()
    {
        var (location, manifest) = await TakeAsync();
        var store = StoreFactory.Open(location);
        Assert.Equal(
            new ObjectEncryption("Azure Storage client-side encryption 2.0 (AES-256-GCM, key wrapped by A256KWP)", key.Id),
            manifest.Encryption);

        var proven = await bench.ProverOf(store).ProveAsync(manifest, ProofLevel.Readback, Token);

        Assert.Equal(ProofLevel.Readback, proven.ProofLevel);
        await using (var proof = await GateAsync(store, manifest))
        {
            Assert.Equal(manifest.Id, proof.Backup.Id);
        }

        var other = BackupKeys.Make();
        var refusal = await Assert.ThrowsAsync<GateException>(() => GateAsync(StoreFactory.Open(location with { Key = other }), manifest));
        Assert.EndsWith(
            $"\n  {manifest.Id}: it is encrypted with the key {key.Id}, and this run has {other.Id} (BACKUP_KEY, BACKUP_KEY_FILE).",
            refusal.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_proven_without_its_key_and_keeps_its_level()
    {
        var (location, manifest) = await TakeAsync();
        await bench.ProverOf(StoreFactory.Open(location)).ProveAsync(manifest, ProofLevel.Readback, Token);
        var keyless = StoreFactory.Open(location with { Key = null });

        var fault = await Assert.ThrowsAsync<BackupException>(
            () => bench.ProverOf(keyless).ProveAsync(manifest, ProofLevel.Readback, Token));

        Assert.Equal(
            $"Backup {manifest.Id} is encrypted with the key {key.Id}; this run has none. It was not read, and its proof stays as it was.",
            fault.Message);
        Assert.Equal($"export BACKUP_KEY=… or BACKUP_KEY_FILE=… with the key {key.Id}, then run the command again.", fault.Hint);
        Assert.Equal(ProofLevel.Readback, Assert.Single((await new BackupCatalog(keyless).ReadAsync(Token)).Backups).Manifest.ProofLevel);
    }

    [Fact]
    public async Task Loses_its_level_when_a_byte_of_the_cipher_text_was_changed()
    {
        var (location, manifest) = await TakeAsync();
        var store = StoreFactory.Open(location);
        var blob = AzuriteFixture.Client(location).GetBlobClient(manifest.ObjectName);
        var stored = (await blob.DownloadContentAsync(Token)).Value;
        await blob.UploadAsync(
            BinaryData.FromBytes(DumpBytes.Flip(stored.Content.ToArray(), 100)),
            new BlobUploadOptions { Metadata = stored.Details.Metadata },
            Token);

        var fault = await Assert.ThrowsAsync<DamagedDumpException>(
            () => bench.ProverOf(store).ProveAsync(manifest, ProofLevel.Readback, Token));

        Assert.Equal(
            $"The dump '{manifest.ObjectName}' is not what was written: Cannot read '{manifest.ObjectName}' in {store.DisplayName}: "
                + "its bytes cannot be decrypted: they are not those that were written.",
            fault.Message);
        Assert.Equal(ProofLevel.None, Assert.Single((await new BackupCatalog(store).ReadAsync(Token)).Backups).Manifest.ProofLevel);
    }

    [Fact]
    public async Task Loses_its_level_when_it_ends_between_two_regions_of_which_each_decrypts()
    {
        await Database.ExecuteAsync("CREATE TABLE noise AS SELECT md5(i::text) AS text FROM generate_series(1, 200000) i", Token);
        var (location, manifest) = await TakeAsync();
        var store = StoreFactory.Open(location);
        var blob = AzuriteFixture.Client(location).GetBlobClient(manifest.ObjectName);
        var stored = (await blob.DownloadContentAsync(Token)).Value;
        await blob.UploadAsync(
            BinaryData.FromBytes(stored.Content.ToMemory()[..(12 + (4 << 20) + 16)]),
            new BlobUploadOptions { Metadata = stored.Details.Metadata },
            Token);

        var fault = await Assert.ThrowsAsync<DamagedDumpException>(
            () => bench.ProverOf(store).ProveAsync(manifest, ProofLevel.Readback, Token));

        Assert.Equal(
            $"The dump '{manifest.ObjectName}' has 4194332 bytes, its manifest says {manifest.Size}.", fault.Message);
        Assert.Equal(ProofLevel.None, Assert.Single((await new BackupCatalog(store).ReadAsync(Token)).Backups).Manifest.ProofLevel);
    }

    [Fact]
    public async Task Is_fetched_as_plain_files_that_the_usual_tools_restore()
    {
        var (location, manifest) = await TakeAsync();
        var folder = Path.Combine(bench.StoreFolder, "fetched");

        var files = await new BackupFetcher(StoreFactory.Open(location), bench.Output, TimeProvider.System)
            .RunAsync(manifest, folder, Token);

        var dump = await File.ReadAllBytesAsync(files[0], Token);
        Assert.Equal("PGDMP"u8.ToArray(), dump[..5]);
        Assert.Equal(manifest.Sha256, Convert.ToHexStringLower(SHA256.HashData(dump)));
        Assert.Contains("CREATE ROLE", await File.ReadAllTextAsync(files[1], Token), StringComparison.Ordinal);
        foreach (var name in new[] { manifest.ObjectName, manifest.GlobalsName! })
        {
            var raw = (await AzuriteFixture.Client(location).GetBlobClient(name).DownloadContentAsync(Token)).Value.Content.ToArray();
            Assert.True(raw.AsSpan().IndexOf("PGDMP"u8) < 0 && raw.AsSpan().IndexOf("CREATE ROLE"u8) < 0);
        }
    }

    [Fact]
    public async Task Is_cleaned_up_without_its_key_only_when_what_stays_is_trusted()
    {
        var (location, manifest) = await TakeAsync();
        await bench.ProverOf(StoreFactory.Open(location)).ProveAsync(await TakeAsync(location), ProofLevel.Readback, Token);
        var timeProvider = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(8));

        var keyless = new RetentionRunner(StoreFactory.Open(location with { Key = null }), bench.Output, timeProvider);

        var refusal = await Assert.ThrowsAsync<BackupException>(() => keyless.RunAsync(new RetentionSettings(), Token));
        Assert.EndsWith(
            $"is encrypted with the key {key.Id}, and this run has none, so that it cannot be read back before others go.",
            refusal.Message,
            StringComparison.Ordinal);
        var summary = await keyless.RunAsync(new RetentionSettings { TrustSurvivors = true }, Token);
        Assert.Equal($"{manifest.Database.Name} {manifest.Id}", Assert.Single(summary.Deleted).Name);
    }

    [Fact]
    public async Task Is_found_by_the_tags_of_its_database_and_state()
    {
        var (location, manifest) = await TakeAsync();
        Assert.Equal(
            [StoredManifest.NameOf(manifest)],
            await AzuriteFixture.FindAsync(location, $"\"database\" = '{manifest.Database.Name}' AND \"state\" = 'transport'", Token));
        await bench.ProverOf(StoreFactory.Open(location)).ProveAsync(manifest, ProofLevel.Readback, Token);
        Assert.Equal(
            [StoredManifest.NameOf(manifest)],
            await AzuriteFixture.FindAsync(location, $"\"database\" = '{manifest.Database.Name}' AND \"state\" = 'readback'", Token));
        Assert.Empty(bench.Output.Warnings);
    }

    [Fact]
    public async Task Claims_no_immutability_in_azurite()
    {
        var (location, manifest) = await TakeAsync();
        var store = StoreFactory.Open(location);

        var fault = await Assert.ThrowsAsync<BackupException>(() => new BackupImmutability(store).DemandAsync(manifest, Token));

        Assert.StartsWith(
            $"Backup {manifest.Id} is proven, but not immutable until {Quantity.Utc(manifest.KeepUntil)} as demanded: Cannot make "
                + $"immutable '{manifest.ObjectName}' in {store.DisplayName}: the store refused (HTTP 501, ",
            fault.Message,
            StringComparison.Ordinal);
        Assert.Null(Assert.Single((await new BackupCatalog(store).ReadAsync(Token)).Backups).Manifest.ImmutableUntil);
    }

    private static Task<BackupProof> GateAsync(IBackupStore store, BackupManifest manifest)
        => new BackupGate(store, new BackupSettings(), TimeProvider.System).DemandAsync(GateTargets.Of(manifest), Token);

    private async Task<(AzureStoreLocation Location, BackupManifest Manifest)> TakeAsync()
    {
        var location = await azurite.CreateContainerAsync(Token) with { Key = key };
        return (location, await TakeAsync(location));
    }

    private Task<BackupManifest> TakeAsync(AzureStoreLocation location)
        => bench.TakeAsync(Database.Target, new BackupSettings { Compression = "none" }, StoreFactory.Open(location));
}
