using Belay.Backups;
using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Backups;

/// <summary>A proven backup whose stored dump is damaged afterwards.</summary>
[Long]
public sealed class DamagedDumpTests(PostgresFixture postgres)
{
    private static readonly Dictionary<string, Func<byte[], byte[]>> Damages = new(StringComparer.Ordinal)
    {
        ["truncated at 50 %"] = bytes => bytes[..(bytes.Length / 2)],
        ["truncated at 99 %"] = bytes => bytes[..(bytes.Length * 99 / 100)],
        ["empty"] = _ => [],
        ["a byte appended"] = bytes => [.. bytes, 0],
        ["a byte flipped in the header"] = bytes => DumpBytes.Flip(bytes, 3),
        ["a byte flipped in the table of contents"] = bytes => DumpBytes.Flip(bytes, 300),
        ["a byte flipped in the data"] = bytes => DumpBytes.Flip(bytes, bytes.Length * 3 / 4),
    };

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var damage in Damages.Keys)
        {
            foreach (var codec in (string[])["zstd", "gzip", "native", "none"])
            {
                cases.Add(damage, codec);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Loses_its_proof_when_the_dump_is(string damage, string codec)
    {
        await using var database = await CreateAsync(2000);
        using var bench = new BackupBench(postgres.Tools);
        var manifest = await ProvenAsync(bench, database, codec);
        await bench.PassAsync(manifest.Database);
        var path = bench.PathOf(manifest);
        await File.WriteAllBytesAsync(path, Damages[damage](await File.ReadAllBytesAsync(path, Token)), Token);
        var size = new FileInfo(path).Length;
        var (found, gate) = size == manifest.Size
            ? (
                $"The dump '{manifest.ObjectName}' is not what was written: its SHA-256 is {await DumpBytes.HashAsync(path)}, its "
                    + $"manifest says {manifest.Sha256}.", "its dump was replaced after it was proven")
            : (
                $"The dump '{manifest.ObjectName}' has {size} bytes, its manifest says {manifest.Size}.",
                $"its dump has {size} bytes, the manifest says {manifest.Size}");

        Assert.Equal(bench.LookedFor(manifest.Database) + $"{manifest.Id}: {gate}.", await bench.RefusalAsync(manifest.Database));
        await LosesItsProofAsync(bench, manifest, found);
        Assert.Equal(
            bench.LookedFor(manifest.Database) + $"{manifest.Id}: {gate}; its proof level is none, demanded is readback.",
            await bench.RefusalAsync(manifest.Database));
    }

    [Fact]
    public async Task Loses_its_proof_when_the_dump_is_missing()
    {
        await using var database = await CreateAsync(10);
        using var bench = new BackupBench(postgres.Tools);
        var manifest = await ProvenAsync(bench, database, "zstd");
        File.Delete(bench.PathOf(manifest));
        await LosesItsProofAsync(bench, manifest, $"The dump '{manifest.ObjectName}' is missing in {bench.Store.DisplayName}.");
    }

    [Fact]
    public async Task Loses_its_proof_when_the_dump_is_that_of_another_backup_of_the_same_size()
    {
        await using var database = await CreateAsync(10);
        using var bench = new BackupBench(postgres.Tools);
        var first = await ProvenAsync(bench, database, "none");
        await database.ExecuteAsync("UPDATE numbers SET text = upper(text)", Token);
        var second = await ProvenAsync(bench, database, "none");
        Assert.Equal(first.Size, second.Size);
        File.Move(bench.PathOf(first), bench.PathOf(first) + ".kept");
        File.Move(bench.PathOf(second), bench.PathOf(first));
        File.Move(bench.PathOf(first) + ".kept", bench.PathOf(second));
        await LosesItsProofAsync(
            bench,
            first,
            $"The dump '{first.ObjectName}' is not what was written: its SHA-256 is {second.Sha256}, its manifest says {first.Sha256}.");
        await LosesItsProofAsync(
            bench,
            second,
            $"The dump '{second.ObjectName}' is not what was written: its SHA-256 is {first.Sha256}, its manifest says {second.Sha256}.");
    }

    [Theory]
    [InlineData("none", ProofLevel.Readback)]
    [InlineData("none", ProofLevel.Restored)]
    [InlineData("gzip:1", ProofLevel.Readback)]
    public async Task Hashes_a_large_dump_to_its_end_though_pg_restore_gave_up_at_its_header(string codec, ProofLevel level)
    {
        await using var database = await CreateAsync(400_000);
        using var bench = new BackupBench(postgres.Tools);
        var manifest = await bench.TakeAsync(database.Target, new BackupSettings { Compression = codec });
        var path = bench.PathOf(manifest);
        await using (var file = File.Open(path, FileMode.Open))
        {
            file.Position = codec == "none" ? 3 : file.Length / 2;
            var old = file.ReadByte();
            file.Position--;
            file.WriteByte((byte)(old ^ 1));
        }

        await LosesItsProofAsync(
            bench,
            manifest,
            $"The dump '{manifest.ObjectName}' is not what was written: its SHA-256 is {await DumpBytes.HashAsync(path)}, its manifest "
                + $"says {manifest.Sha256}.",
            level);
    }

    private static async Task LosesItsProofAsync(
        BackupBench bench, BackupManifest manifest, string message, ProofLevel level = ProofLevel.Readback)
    {
        var exception = await Assert.ThrowsAsync<DamagedDumpException>(() => bench.Prover.ProveAsync(manifest, level, Token));
        Assert.Equal(message, exception.Message);
        Assert.Equal("Take a new backup: ./build.sh Backup", exception.Hint);
        Assert.Equal(4, exception.ExitCode);
        var stored = await bench.ReadAsync(manifest);
        Assert.Equal(ProofLevel.None, stored.ProofLevel);
        Assert.Equal([message], Assert.Single(stored.Evidence).Facts);
    }

    private static async Task<BackupManifest> ProvenAsync(BackupBench bench, TestDatabase database, string codec)
        => await bench.Prover.ProveAsync(
            await bench.TakeAsync(database.Target, new BackupSettings { Compression = codec }), ProofLevel.Readback, Token);

    private async Task<TestDatabase> CreateAsync(int rows)
    {
        var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync(
            $"CREATE TABLE numbers AS SELECT i AS id, 'x' || md5(i::text) AS text FROM generate_series(1, {rows}) i", Token);
        return database;
    }
}
