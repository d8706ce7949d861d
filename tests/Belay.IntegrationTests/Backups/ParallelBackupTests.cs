using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Backups.Proving;
using Belay.Gate;
using Belay.IntegrationTests.Support;
using Belay.Settings;
using Belay.Storage;
using Belay.Storage.Kinds;

namespace Belay.IntegrationTests.Backups;

public sealed class ParallelBackupTests(PostgresFixture postgres, AzuriteFixture azurite) : BackupTest(postgres)
{
    private const string Schema = """
        CREATE TABLE noise AS SELECT i AS id, md5(i::text) || md5((-i)::text) AS text FROM generate_series(1, 60000) i;
        CREATE TABLE numbers AS SELECT i AS id FROM generate_series(1, 10) i;
        CREATE TABLE nothing (id int);
        CREATE TABLE "an ""odd"" name" (id serial PRIMARY KEY, body text);
        INSERT INTO "an ""odd"" name" (body) SELECT repeat('x', 100) FROM generate_series(1, 500);
        SELECT lo_from_bytea(0, 'large'::bytea), lo_from_bytea(0, 'larger'::bytea);
        """;

    private static readonly BackupSettings Two = new() { Parallel = 2, LockWait = TimeSpan.FromMinutes(10) };

    [Theory]
    [InlineData("zstd", ".zst")]
    [InlineData("gzip:1", ".gz")]
    [InlineData("native", "")]
    [InlineData("none", "")]
    public async Task Stores_each_file_as_an_object_of_its_own_proves_them_and_opens_the_gate(string codec, string ending)
    {
        var manifest = await Bench.TakeAsync(Database.Target, Two with { Compression = codec });
        Assert.Equal(BackupManifest.CurrentFormat, manifest.Format);
        var parts = manifest.Parts!;
        Assert.Equal(4, parts.Count(part => char.IsAsciiDigit(part.File[0])));
        Assert.Equal(manifest.Size, parts.Sum(part => new FileInfo(Path.Combine(Bench.StoreFolder, part.ObjectName)).Length));
        Assert.EndsWith($".dump.d/toc.dat{ending}", manifest.ObjectName, StringComparison.Ordinal);
        Assert.Equal(60000, manifest.RowCounts!["public.noise"]);
        Assert.Equal(2, manifest.LargeObjects);
        Assert.Contains("table of contents has 4 of 4 tables", manifest.Evidence[0].Facts);
        var proven = await Bench.Prover.ProveAsync(manifest, ProofLevel.Readback, Token);
        Assert.Equal(
            [
                $"SHA-256 equal over {manifest.Size} bytes in {parts.Count} parts",
                "every part decoded to its end, the rows of 4 tables to their end mark; pg_restore read the table of contents",
                "table of contents has 4 of 4 tables",
                $"roles: SHA-256 equal over {manifest.Globals!.Size} bytes",
            ],
            proven.Evidence[^1].Facts);
        Assert.Equal(manifest.Id, await Bench.PassAsync(manifest.Database));
        Assert.Empty(Directory.EnumerateDirectories(Bench.Prover.ScratchFolder));
        Assert.Empty(Bench.WorkFolders());
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("native")]
    public async Task Restores_the_parts_in_several_jobs_and_compares_the_rows(string codec)
    {
        var manifest = await Bench.TakeAsync(Database.Target, Two with { Compression = codec });
        var proven = await Bench.Prover.ProveAsync(manifest, ProofLevel.Restored, Token);
        Assert.Contains("60510 rows in 4 tables equal", proven.Evidence[^1].Facts);
        Assert.Contains("2 large objects", proven.Evidence[^1].Facts);
        Assert.Empty(Directory.EnumerateDirectories(Bench.Prover.ScratchFolder));
    }

    [Fact]
    public async Task Is_fetched_as_a_folder_that_pg_restore_reads()
    {
        var manifest = await Bench.TakeAsync(Database.Target, Two with { Compression = "native" });
        var folder = TestFolder.New("fetched");
        var files = await new BackupFetcher(Bench.Store, Bench.Output, TimeProvider.System).RunAsync(manifest, folder, Token);
        Assert.Equal(manifest.Parts!.Count + 2, files.Count);
        var script = Path.Combine(folder, "script.sql");
        var outcome = await new PostgresProgram(Postgres.Tools, "pg_restore") { Arguments = ["-f", script, folder] }.RunAsync(Token);
        Assert.Equal(new ProgramOutcome(0, ""), outcome);
        Assert.Contains("COPY public.noise (id, text) FROM stdin;", await File.ReadAllTextAsync(script, Token), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Refuses_several_workers_with_encryption_before_anything_is_read()
    {
        var store = StoreFactory.Open(await azurite.CreateContainerAsync(Token) with { Key = BackupKeys.Make() });
        var exception = await Assert.ThrowsAsync<SettingsException>(
            () => Bench.TakeAsync(DatabaseUrl.Parse("postgresql://owner@127.0.0.1:1/app"), Two, store));
        Assert.Equal("An encrypted dump is one object: --parallel cannot be used with BACKUP_KEY or BACKUP_KEY_FILE", exception.Message);
    }

    [Fact]
    public async Task Stores_blobs_of_several_blocks_in_Azure_and_closes_the_gate_when_one_was_replaced()
    {
        var location = await azurite.CreateContainerAsync(Token);
        var store = StoreFactory.Open(location);
        var manifest = await Bench.ProverOf(store)
            .ProveAsync(await Bench.TakeAsync(Database.Target, Two with { Compression = "none" }, store), ProofLevel.Readback, Token);
        var gate = new BackupGate(store, new BackupSettings(), TimeProvider.System);
        await using (var proof = await gate.DemandAsync(GateTargets.Of(manifest), Token))
        {
            Assert.Equal(manifest.Id, proof.Backup.Id);
        }

        var part = manifest.Parts![0];
        await AzuriteFixture.Client(location)
            .GetBlobClient(part.ObjectName)
            .UploadAsync(BinaryData.FromBytes(new byte[part.Size]), overwrite: true, Token);
        var refusal = await Assert.ThrowsAsync<GateException>(() => gate.DemandAsync(GateTargets.Of(manifest), Token));
        Assert.EndsWith(
            $"{manifest.Id}: its part '{part.ObjectName}' was replaced after it was proven.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_nothing_when_it_is_cancelled_in_the_middle()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var held = new HeldUpload(Bench.Store, 1 << 20);
        var backup = Bench.TakeAsync(Database.Target, Two with { Compression = "none" }, held.Store, cancellation.Token);
        await held.ReachedAsync(backup);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => backup);
        await LeavesNothingAsync();
    }

    [Fact]
    public async Task Leaves_nothing_when_the_store_refuses_a_part_in_the_middle()
    {
        var failing = InterceptedStore.FullAt(Bench.Store, 1 << 20);
        var exception = await Assert.ThrowsAsync<StoreException>(
            () => Bench.TakeAsync(Database.Target, Two with { Compression = "none" }, failing));
        Assert.Equal("The store is full.", exception.Message);
        await LeavesNothingAsync();
    }

    [Theory]
    [InlineData(BackupName.ManifestSuffix)]
    [InlineData(BackupName.GlobalsSuffix)]
    public async Task Takes_every_part_away_again_when_what_belongs_to_them_cannot_be_stored(string suffix)
    {
        var failing = InterceptedStore.FullFor(Bench.Store, suffix);
        Assert.Equal(
            "The store is full.", (await Assert.ThrowsAsync<StoreException>(() => Bench.TakeAsync(Database.Target, Two, failing))).Message);
        await LeavesNothingAsync();
    }

    [Fact]
    public async Task Tells_the_fault_of_a_verbose_pg_dump_without_its_progress()
    {
        await using var blocker = await Database.HoldAsync("LOCK TABLE numbers IN ACCESS EXCLUSIVE MODE", Token);
        var exception = await Assert.ThrowsAsync<BackupException>(
            () => Bench.TakeAsync(Database.Target, Two with { LockWait = TimeSpan.FromMilliseconds(500) }));
        Assert.Contains("ERROR:  canceling statement due to statement timeout\n", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pg_dump: reading", exception.Message, StringComparison.Ordinal);
        await LeavesNothingAsync();
    }

    [Fact]
    public async Task Says_how_many_connections_the_workers_need()
    {
        var role = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync(
            $"GRANT pg_read_all_data TO {role.Username}; ALTER ROLE {role.Username} CONNECTION LIMIT 3; SELECT lo_unlink(oid) FROM "
                + "pg_largeobject_metadata", Token);
        var exception = await Assert.ThrowsAsync<BackupException>(() => Bench.TakeAsync(role, Two with { Parallel = 3 }));
        Assert.Contains("too many connections for role", exception.Message, StringComparison.Ordinal);
        Assert.Equal(
            "A backup has two connections, one with --parallel N has N + 2: make N smaller, or free connections (max_connections, "
                + "CONNECTION LIMIT).", exception.Hint);
        await LeavesNothingAsync();
    }

    private async Task LeavesNothingAsync()
    {
        Assert.DoesNotContain(Bench.Files(), name => name.Contains("Z-", StringComparison.Ordinal));
        Assert.Empty(Bench.WorkFolders());
        await new DumpWatch(Database).IsGoneAsync();
    }

    protected override Task PrepareAsync()
        => Database.ExecuteAsync(Schema, Token);
}
