using Belay.Backups;
using Belay.Backups.Archive;
using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Backups;

/// <summary>A dump that was damaged before it was hashed: size and SHA-256 agree, so only decoding or restoring it tells.</summary>
public sealed class DamagedArchiveTests(PostgresFixture postgres)
{
    private const string Schema = """
        CREATE TABLE noise AS SELECT i AS id, md5(i::text) AS text FROM generate_series(1, 3000) i;
        CREATE TABLE numbers AS SELECT i AS id FROM generate_series(1, 10) i;
        """;

    private static readonly Dictionary<string, Func<byte[], byte[]>> Damages = new(StringComparer.Ordinal)
    {
        ["truncated at 50 %"] = bytes => bytes[..(bytes.Length / 2)],
        ["truncated at 99 %"] = bytes => bytes[..(bytes.Length * 99 / 100)],
        ["empty"] = _ => [],
        ["a byte flipped in the header"] = bytes => DumpBytes.Flip(bytes, 3),
        ["a byte flipped in the data"] = bytes => DumpBytes.Flip(bytes, bytes.Length * 3 / 4),
        ["a megabyte appended"] = bytes => [.. bytes, .. new byte[1 << 20]],
        ["two rows joined"] = DumpBytes.JoinRows,
    };

    [Theory]
    [InlineData("truncated at 50 %", "zstd", "The dump '{0}' cannot be decoded as zstd:1: ")]
    [InlineData("truncated at 99 %", "zstd", "The dump '{0}' cannot be decoded as zstd:1: ")]
    [InlineData("a byte flipped in the header", "zstd", "The dump '{0}' cannot be decoded as zstd:1: ")]
    [InlineData("a byte flipped in the data", "zstd", "The dump '{0}' cannot be decoded as zstd:1: ")]
    [InlineData("a megabyte appended", "zstd", "The dump '{0}' cannot be decoded as zstd:1: ")]
    [InlineData("empty", "zstd", "The archive in '{0}' cannot be read to its end: pg_restore ended with exit code 1:\npg_restore: error: ")]
    [InlineData(
        "truncated at 50 %",
        "gzip",
        "The archive in '{0}' cannot be read to its end: pg_restore ended with exit code 1:\npg_restore: error: ")]
    [InlineData("a byte flipped in the header", "gzip", "The dump '{0}' cannot be decoded as gzip:6: ")]
    [InlineData("a byte flipped in the data", "gzip", "The dump '{0}' cannot be decoded as gzip:6: ")]
    [InlineData(
        "truncated at 50 %",
        "native",
        "The archive in '{0}' cannot be read to its end: pg_restore ended with exit code 1:\npg_restore: error: ")]
    [InlineData(
        "truncated at 99 %",
        "native",
        "The archive in '{0}' cannot be read to its end: pg_restore ended with exit code 1:\npg_restore: error: ")]
    [InlineData(
        "a byte flipped in the header",
        "native",
        "The archive in '{0}' cannot be read to its end: pg_restore ended with exit code 1:\npg_restore: error: ")]
    [InlineData(
        "a byte flipped in the data",
        "native",
        "The archive in '{0}' cannot be read to its end: pg_restore ended with exit code 1:\npg_restore: error: ")]
    [InlineData(
        "truncated at 50 %",
        "none",
        "The archive in '{0}' cannot be read to its end: pg_restore ended with exit code 1:\npg_restore: error: ")]
    [InlineData(
        "a byte flipped in the header",
        "none",
        "The archive in '{0}' cannot be read to its end: pg_restore ended with exit code 1:\npg_restore: error: ")]
    [InlineData("a megabyte appended", "none", "The dump '{0}' goes on after its archive's end.")]
    [InlineData("a megabyte appended", "native", "The dump '{0}' goes on after its archive's end.")]
    [InlineData("empty", "none", "The archive in '{0}' cannot be read to its end: pg_restore ended with exit code 1:\npg_restore: error: ")]
    public async Task Is_caught_by_reading_back_when_it_is(string damage, string codec, string message)
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        var manifest = await DumpBytes.ReplaceAsync(
            bench, await bench.TakeAsync(database.Target, new BackupSettings { Compression = codec }), Damages[damage]);
        var exception = await Assert.ThrowsAsync<DamagedDumpException>(() => bench.Prover.ProveAsync(manifest, ProofLevel.Readback, Token));
        Assert.StartsWith(
            message.Replace("{0}", manifest.ObjectName, StringComparison.Ordinal), exception.Message, StringComparison.Ordinal);
        Assert.Equal(ProofLevel.None, (await bench.ReadAsync(manifest)).ProofLevel);
    }

    [Fact]
    public async Task Is_caught_only_by_restoring_when_a_row_is_lost_in_a_whole_archive()
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        var manifest = await DumpBytes.ReplaceAsync(
            bench, await bench.TakeAsync(database.Target, new BackupSettings { Compression = "none" }), Damages["two rows joined"]);
        Assert.Equal(ProofLevel.Readback, (await bench.Prover.ProveAsync(manifest, ProofLevel.Readback, Token)).ProofLevel);
        var exception = await Assert.ThrowsAsync<DamagedDumpException>(() => bench.Prover.ProveAsync(manifest, ProofLevel.Restored, Token));
        Assert.Equal(
            $"What backup {manifest.Id} restores is not what was dumped: table public.numbers has 9 rows instead of 10.",
            exception.Message);
        Assert.Equal(
            bench.LookedFor(manifest.Database) + $"{manifest.Id}: its proof level is none, demanded is readback.",
            await bench.RefusalAsync(manifest.Database));
        Assert.Empty(Directory.EnumerateDirectories(bench.Prover.ScratchFolder));
    }

    private async Task<TestDatabase> CreateAsync()
    {
        var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync(Schema, Token);
        return database;
    }
}
