using Belay.Backups;
using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Backups;

/// <summary>A proven backup of several parts, of which one is damaged afterwards.</summary>
public sealed class DamagedPartTests(PostgresFixture postgres) : BackupTest(postgres)
{
    [Fact]
    public async Task Is_no_backup_when_a_part_is_missing()
    {
        var manifest = await ProvenAsync();
        var part = RowsOf(manifest)[0];
        File.Delete(Bench.PathOf(part));
        await ClosesTheGateAsync(manifest, $"its part '{part.ObjectName}' is missing");
        await LosesItsProofAsync(manifest, $"The part '{part.ObjectName}' is missing in {Bench.Store.DisplayName}.");
    }

    [Fact]
    public async Task Is_no_backup_when_a_part_is_cut()
    {
        var manifest = await ProvenAsync();
        var part = RowsOf(manifest)[0];
        await DamageAsync(Bench.PathOf(part), bytes => bytes[..^1]);
        await ClosesTheGateAsync(manifest, $"its part '{part.ObjectName}' has {part.Size - 1} bytes, the manifest says {part.Size}");
        await LosesItsProofAsync(
            manifest, $"The part '{part.ObjectName}' has {part.Size - 1} bytes, its manifest says {part.Size}.");
    }

    [Theory]
    [InlineData(ProofLevel.Readback)]
    [InlineData(ProofLevel.Restored)]
    public async Task Is_no_backup_when_a_byte_of_a_part_is_flipped(ProofLevel level)
    {
        var manifest = await ProvenAsync();
        var part = RowsOf(manifest)[1];
        await DamageAsync(Bench.PathOf(part), bytes => DumpBytes.Flip(bytes, bytes.Length / 2));
        await ClosesTheGateAsync(manifest, $"its part '{part.ObjectName}' was replaced after it was proven");
        await LosesItsProofAsync(manifest, await DifferenceAsync(part), level);
    }

    [Fact]
    public async Task Is_no_backup_when_two_parts_are_swapped()
    {
        var manifest = await ProvenAsync();
        var (one, other) = (RowsOf(manifest)[0], RowsOf(manifest)[1]);
        Assert.Equal(one.Size, other.Size);
        var bytes = await File.ReadAllBytesAsync(Bench.PathOf(one), Token);
        File.Copy(Bench.PathOf(other), Bench.PathOf(one), overwrite: true);
        await File.WriteAllBytesAsync(Bench.PathOf(other), bytes, Token);
        await LosesItsProofAsync(manifest, await DifferenceAsync(one));
    }

    [Fact]
    public async Task Is_no_backup_when_a_part_of_another_backup_lies_there()
    {
        var other = await ProvenAsync();
        await Database.ExecuteAsync("UPDATE one SET text = 'b' || substr(text, 2)", Token);
        var manifest = await ProvenAsync();
        var part = RowsOf(manifest)[0];
        File.Copy(Bench.PathOf(RowsOf(other)[0]), Bench.PathOf(part), overwrite: true);
        await LosesItsProofAsync(manifest, await DifferenceAsync(part));
        Assert.Equal(ProofLevel.Readback, (await Bench.Prover.ProveAsync(other, ProofLevel.Readback, Token)).ProofLevel);
    }

    [Fact]
    public async Task Is_caught_by_reading_back_when_rows_were_cut_before_they_were_hashed()
    {
        var manifest = await Bench.TakeAsync(Database.Target, new BackupSettings { Parallel = 2, Compression = "none" });
        var part = RowsOf(manifest)[0];
        await DamageAsync(Bench.PathOf(part), bytes => bytes[..(bytes.Length / 2)]);
        manifest = await RewriteAsync(manifest, part);
        await LosesItsProofAsync(
            manifest, $"The rows in part '{part.ObjectName}' have no end mark: pg_dump had not written all of them.");
    }

    [Fact]
    public async Task Is_caught_by_reading_back_when_the_manifest_names_no_part_for_a_table()
    {
        var manifest = await Bench.TakeAsync(Database.Target, new BackupSettings { Parallel = 2 });
        var part = RowsOf(manifest)[0];
        var lacking = manifest with { Parts = [.. manifest.Parts!.Where(other => other != part)] };
        await File.WriteAllBytesAsync(Bench.PathOfManifest(manifest), ManifestFile.Serialize(lacking), Token);
        await LosesItsProofAsync(lacking, $"Backup {manifest.Id} lacks the rows of 1 table of its table of contents: {part.File}.");
    }

    private static List<BackupPart> RowsOf(BackupManifest manifest) => [.. manifest.Parts!.Where(part => char.IsAsciiDigit(part.File[0]))];

    private static async Task DamageAsync(string path, Func<byte[], byte[]> damage)
        => await File.WriteAllBytesAsync(path, damage(await File.ReadAllBytesAsync(path, Token)), Token);

    private async Task<string> DifferenceAsync(BackupPart part)
        => $"The part '{part.ObjectName}' is not what was written: its SHA-256 is {await DumpBytes.HashAsync(Bench.PathOf(part))}, its "
            + $"manifest says {part.Sha256}.";

    private async Task<BackupManifest> RewriteAsync(BackupManifest manifest, BackupPart damaged)
    {
        var agreeing = damaged with
        {
            Size = new FileInfo(Bench.PathOf(damaged)).Length,
            Sha256 = await DumpBytes.HashAsync(Bench.PathOf(damaged)),
        };
        var rewritten = manifest with { Parts = [.. manifest.Parts!.Select(part => part == damaged ? agreeing : part)] };
        await File.WriteAllBytesAsync(Bench.PathOfManifest(manifest), ManifestFile.Serialize(rewritten), Token);
        return rewritten;
    }

    private async Task ClosesTheGateAsync(BackupManifest manifest, string reason)
        => Assert.Equal(Bench.LookedFor(manifest.Database) + $"{manifest.Id}: {reason}.", await Bench.RefusalAsync(manifest.Database));

    private async Task LosesItsProofAsync(
        BackupManifest manifest, string message, ProofLevel level = ProofLevel.Readback)
    {
        var exception = await Assert.ThrowsAsync<DamagedDumpException>(() => Bench.Prover.ProveAsync(manifest, level, Token));
        Assert.Equal(message, exception.Message);
        Assert.Equal(ProofLevel.None, (await Bench.ReadAsync(manifest)).ProofLevel);
        Assert.Empty(Directory.EnumerateDirectories(Bench.Prover.ScratchFolder));
    }

    private async Task<BackupManifest> ProvenAsync()
        => await Bench.Prover.ProveAsync(
            await Bench.TakeAsync(Database.Target, new BackupSettings { Parallel = 2, Compression = "none" }), ProofLevel.Readback, Token);

    /// <summary>Two tables with rows of the same length, so that their parts have the same size.</summary>
    protected override Task PrepareAsync()
        => Database.ExecuteAsync(
            """
            CREATE TABLE one AS SELECT 'a' || md5(i::text) AS text FROM generate_series(1, 2000) i;
            CREATE TABLE other AS SELECT 'a' || md5((-i)::text) AS text FROM generate_series(1, 2000) i;
            """,
            Token);
}
