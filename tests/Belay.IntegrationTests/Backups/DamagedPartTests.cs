using Belay.Backups;
using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Backups;

/// <summary>A proven backup of several parts, of which one is damaged afterwards.</summary>
public sealed class DamagedPartTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Is_no_backup_when_a_part_is_missing()
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        var manifest = await ProvenAsync(bench, database);
        var part = RowsOf(manifest)[0];
        File.Delete(bench.PathOf(part));
        await ClosesTheGateAsync(bench, manifest, $"its part '{part.ObjectName}' is missing");
        await LosesItsProofAsync(bench, manifest, $"The part '{part.ObjectName}' is missing in {bench.Store.DisplayName}.");
    }

    [Fact]
    public async Task Is_no_backup_when_a_part_is_cut()
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        var manifest = await ProvenAsync(bench, database);
        var part = RowsOf(manifest)[0];
        await DamageAsync(bench.PathOf(part), bytes => bytes[..^1]);
        await ClosesTheGateAsync(bench, manifest, $"its part '{part.ObjectName}' has {part.Size - 1} bytes, the manifest says {part.Size}");
        await LosesItsProofAsync(
            bench, manifest, $"The part '{part.ObjectName}' has {part.Size - 1} bytes, its manifest says {part.Size}.");
    }

    [Theory]
    [InlineData(ProofLevel.Readback)]
    [InlineData(ProofLevel.Restored)]
    public async Task Is_no_backup_when_a_byte_of_a_part_is_flipped(ProofLevel level)
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        var manifest = await ProvenAsync(bench, database);
        var part = RowsOf(manifest)[1];
        await DamageAsync(bench.PathOf(part), bytes => DumpBytes.Flip(bytes, bytes.Length / 2));
        await ClosesTheGateAsync(bench, manifest, $"its part '{part.ObjectName}' was replaced after it was proven");
        await LosesItsProofAsync(bench, manifest, await DifferenceAsync(bench, part), level);
    }

    [Fact]
    public async Task Is_no_backup_when_two_parts_are_swapped()
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        var manifest = await ProvenAsync(bench, database);
        var (one, other) = (RowsOf(manifest)[0], RowsOf(manifest)[1]);
        Assert.Equal(one.Size, other.Size);
        var bytes = await File.ReadAllBytesAsync(bench.PathOf(one), Token);
        File.Copy(bench.PathOf(other), bench.PathOf(one), overwrite: true);
        await File.WriteAllBytesAsync(bench.PathOf(other), bytes, Token);
        await LosesItsProofAsync(bench, manifest, await DifferenceAsync(bench, one));
    }

    [Fact]
    public async Task Is_no_backup_when_a_part_of_another_backup_lies_there()
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        var other = await ProvenAsync(bench, database);
        await database.ExecuteAsync("UPDATE one SET text = 'b' || substr(text, 2)", Token);
        var manifest = await ProvenAsync(bench, database);
        var part = RowsOf(manifest)[0];
        File.Copy(bench.PathOf(RowsOf(other)[0]), bench.PathOf(part), overwrite: true);
        await LosesItsProofAsync(bench, manifest, await DifferenceAsync(bench, part));
        Assert.Equal(ProofLevel.Readback, (await bench.Prover.ProveAsync(other, ProofLevel.Readback, Token)).ProofLevel);
    }

    [Fact]
    public async Task Is_caught_by_reading_back_when_rows_were_cut_before_they_were_hashed()
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        var manifest = await bench.TakeAsync(database.Target, new BackupSettings { Parallel = 2, Compression = "none" });
        var part = RowsOf(manifest)[0];
        await DamageAsync(bench.PathOf(part), bytes => bytes[..(bytes.Length / 2)]);
        manifest = await RewriteAsync(bench, manifest, part);
        await LosesItsProofAsync(
            bench, manifest, $"The rows in part '{part.ObjectName}' have no end mark: pg_dump had not written all of them.");
    }

    [Fact]
    public async Task Is_caught_by_reading_back_when_the_manifest_names_no_part_for_a_table()
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        var manifest = await bench.TakeAsync(database.Target, new BackupSettings { Parallel = 2 });
        var part = RowsOf(manifest)[0];
        var lacking = manifest with { Parts = [.. manifest.Parts!.Where(other => other != part)] };
        await File.WriteAllBytesAsync(bench.PathOfManifest(manifest), ManifestFile.Serialize(lacking), Token);
        await LosesItsProofAsync(bench, lacking, $"Backup {manifest.Id} lacks the rows of 1 table of its table of contents: {part.File}.");
    }

    private static List<BackupPart> RowsOf(BackupManifest manifest) => [.. manifest.Parts!.Where(part => char.IsAsciiDigit(part.File[0]))];

    private static async Task DamageAsync(string path, Func<byte[], byte[]> damage)
        => await File.WriteAllBytesAsync(path, damage(await File.ReadAllBytesAsync(path, Token)), Token);

    private static async Task<string> DifferenceAsync(BackupBench bench, BackupPart part)
        => $"The part '{part.ObjectName}' is not what was written: its SHA-256 is {await DumpBytes.HashAsync(bench.PathOf(part))}, its "
            + $"manifest says {part.Sha256}.";

    private static async Task<BackupManifest> RewriteAsync(BackupBench bench, BackupManifest manifest, BackupPart damaged)
    {
        var agreeing = damaged with
        {
            Size = new FileInfo(bench.PathOf(damaged)).Length,
            Sha256 = await DumpBytes.HashAsync(bench.PathOf(damaged)),
        };
        var rewritten = manifest with { Parts = [.. manifest.Parts!.Select(part => part == damaged ? agreeing : part)] };
        await File.WriteAllBytesAsync(bench.PathOfManifest(manifest), ManifestFile.Serialize(rewritten), Token);
        return rewritten;
    }

    private static async Task ClosesTheGateAsync(BackupBench bench, BackupManifest manifest, string reason)
        => Assert.Equal(bench.LookedFor(manifest.Database) + $"{manifest.Id}: {reason}.", await bench.RefusalAsync(manifest.Database));

    private static async Task LosesItsProofAsync(
        BackupBench bench, BackupManifest manifest, string message, ProofLevel level = ProofLevel.Readback)
    {
        var exception = await Assert.ThrowsAsync<DamagedDumpException>(() => bench.Prover.ProveAsync(manifest, level, Token));
        Assert.Equal(message, exception.Message);
        Assert.Equal(ProofLevel.None, (await bench.ReadAsync(manifest)).ProofLevel);
        Assert.Empty(Directory.EnumerateDirectories(bench.Prover.ScratchFolder));
    }

    private static async Task<BackupManifest> ProvenAsync(BackupBench bench, TestDatabase database)
        => await bench.Prover.ProveAsync(
            await bench.TakeAsync(database.Target, new BackupSettings { Parallel = 2, Compression = "none" }), ProofLevel.Readback, Token);

    /// <summary>Two tables with rows of the same length, so that their parts have the same size.</summary>
    private async Task<TestDatabase> CreateAsync()
    {
        var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync(
            """
            CREATE TABLE one AS SELECT 'a' || md5(i::text) AS text FROM generate_series(1, 2000) i;
            CREATE TABLE other AS SELECT 'a' || md5((-i)::text) AS text FROM generate_series(1, 2000) i;
            """,
            Token);
        return database;
    }
}
