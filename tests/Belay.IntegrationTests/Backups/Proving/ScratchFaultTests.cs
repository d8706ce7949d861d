using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Backups.Proving;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Backups.Proving;

/// <summary>What the place where a backup is tried out does wrong is never held against the backup.</summary>
public sealed class ScratchFaultTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    private readonly BackupBench bench = new(postgres.Tools);

    protected override async Task PrepareAsync()
    {
        await Database.ExecuteAsync(
            "CREATE TABLE numbers AS SELECT i AS id, repeat(md5(i::text), 30) AS text FROM generate_series(1, 60000) i", Token);
    }

    public override async ValueTask DisposeAsync()
    {
        bench.Dispose();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("60m", 1)]
    [InlineData("60m", 2)]
    [InlineData("2m", 1)]
    public async Task Full_is_no_fault_of_the_backup(string size, int parallel)
    {
        var manifest = await ProvenAsync(new BackupSettings { Parallel = parallel });
        Directory.CreateDirectory(bench.ScratchFolder);
        await using (await Mount.TemporaryAsync(bench.ScratchFolder, size, Token))
        {
            var fault = await Assert.ThrowsAsync<BackupException>(() => bench.Prover.ProveAsync(manifest, ProofLevel.Restored, Token));
            Assert.Contains("Nothing is known of the dump, and its proof stays as it was.", fault.Hint, StringComparison.Ordinal);
            Assert.DoesNotContain("does not restore", fault.Message, StringComparison.Ordinal);
        }

        Assert.Equal(ProofLevel.Readback, (await bench.ReadAsync(manifest)).ProofLevel);
        Assert.Equal(manifest.Id, await bench.PassAsync(manifest.Database));
    }

    [Fact]
    public async Task Unusable_is_no_fault_of_the_backup()
    {
        var manifest = await ProvenAsync(new BackupSettings());
        await File.WriteAllTextAsync(bench.ScratchFolder, "a file where a folder is wanted", Token);

        var fault = await Assert.ThrowsAsync<BackupException>(() => bench.Prover.ProveAsync(manifest, ProofLevel.Restored, Token));

        Assert.StartsWith($"Backup {manifest.Id} could not be tried out on this machine: ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(
            $"Nothing is known of the dump, and its proof stays as it was. See that {bench.ScratchFolder} and {Path.GetTempPath()} "
                + "(TMPDIR) are there, can be written and have room; then run the command again.",
            fault.Hint);
        Assert.Equal(ProofLevel.Readback, (await bench.ReadAsync(manifest)).ProofLevel);
    }

    [Fact]
    public async Task A_server_that_is_not_to_be_had_leaves_nothing_of_the_download_that_has_begun()
    {
        var manifest = await ProvenAsync(new BackupSettings());
        var prover = new BackupProver(bench.Store, Postgres.Tools, bench.Output, TimeProvider.System)
        {
            ScratchFolder = bench.ScratchFolder,
            Scratch = async token =>
            {
                await MigrationBench.WaitForAsync(() => Task.FromResult(HasFolders), "the download has begun");
                throw new BackupException("no server of this test", null);
            },
        };

        var fault = await Assert.ThrowsAsync<BackupException>(() => prover.ProveAsync(manifest, ProofLevel.Restored, Token));

        Assert.Equal("no server of this test", fault.Message);
        Assert.False(HasFolders);
    }

    private bool HasFolders => Directory.Exists(bench.ScratchFolder) && Directory.EnumerateFileSystemEntries(bench.ScratchFolder).Any();

    private async Task<BackupManifest> ProvenAsync(BackupSettings settings)
        => await bench.Prover.ProveAsync(await bench.TakeAsync(Database.Target, settings), ProofLevel.Readback, Token);
}
