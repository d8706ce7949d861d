using Belay.Backups;
using Belay.Gate;
using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Backups;

public sealed class BackupRoundTripTests(PostgresFixture postgres)
{
    private const string Schema = """"
        CREATE SCHEMA "Odd Schema";
        CREATE TABLE "Odd Schema"."a ""table""" (id serial PRIMARY KEY, body text);
        INSERT INTO "Odd Schema"."a ""table""" (body) SELECT repeat(md5(i::text), 20) FROM generate_series(1, 20000) i;
        CREATE TABLE parted (id int, part int) PARTITION BY LIST (part);
        CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
        INSERT INTO parted SELECT i, 1 FROM generate_series(1, 10) i;
        CREATE UNLOGGED TABLE unlogged (id int);
        INSERT INTO unlogged VALUES (1);
        SELECT lo_from_bytea(0, 'large'::bytea);
        CREATE VIEW looked AS SELECT * FROM parted;
        """";

    [Theory]
    [InlineData("zstd", ".dump.zst")]
    [InlineData("zstd:3", ".dump.zst")]
    [InlineData("gzip", ".dump.gz")]
    [InlineData("native", ".dump")]
    [InlineData("none", ".dump")]
    public async Task Takes_and_proves_a_backup_that_opens_the_gate(string compression, string extension)
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync(Schema, Token);
        using var bench = new BackupBench(postgres.Tools);
        var manifest = await bench.TakeAsync(database.Target, new BackupSettings { Compression = compression });
        Assert.Equal(ProofLevel.Transport, manifest.ProofLevel);
        Assert.EndsWith(extension, manifest.ObjectName, StringComparison.Ordinal);
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["\"Odd Schema\".\"a \"\"table\"\"\""] = 20000,
                ["public.parted_1"] = 10,
                ["public.unlogged"] = 1,
            },
            manifest.RowCounts);
        Assert.Equal(1, manifest.LargeObjects);
        Assert.Equal(20000, Assert.Single(manifest.Sequences).Value);
        Assert.Contains("table of contents has 4 of 4 tables", Assert.Single(manifest.Evidence).Facts);

        var proven = await bench.Prover.ProveAsync(manifest, ProofLevel.Readback, Token);
        Assert.Equal([ProofLevel.Transport, ProofLevel.Readback], proven.Evidence.Select(evidence => evidence.Level));
        await using var proof = await new BackupGate(bench.Store, new BackupSettings(), TimeProvider.System)
            .DemandAsync(await GateTargets.ReadAsync(database), Token);
        Assert.Equal(manifest.Id, proof.Backup.Id);
        Assert.Equal(3, bench.Files().Count(name => !Path.GetFileName(name).StartsWith('.')));
    }

    [Fact]
    public async Task Restores_into_a_scratch_server_without_the_roles_and_compares_rows()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync(
            Schema + "CREATE ROLE \"belay owner\" NOLOGIN; ALTER TABLE parted OWNER TO \"belay owner\"", Token);
        using var bench = new BackupBench(postgres.Tools);
        try
        {
            var manifest = await bench.TakeAsync(database.Target, new BackupSettings());
            Assert.Contains("belay owner", manifest.Owners);
            var proven = await bench.Prover.ProveAsync(manifest, ProofLevel.Restored, Token);
            Assert.Equal(ProofLevel.Restored, proven.ProofLevel);
            var facts = proven.Evidence[^1].Facts;
            Assert.Contains("20011 rows in 3 tables equal", facts);
            Assert.Contains("1 sequence not behind", facts);
            Assert.Contains("1 large object", facts);
            Assert.Empty(Directory.EnumerateDirectories(bench.Prover.ScratchFolder));
        }
        finally
        {
            await database.ExecuteAsync("ALTER TABLE parted OWNER TO postgres; DROP ROLE \"belay owner\"", CancellationToken.None);
        }
    }

    [Fact]
    public async Task Says_that_rows_were_not_counted_beyond_the_limit()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var bench = new BackupBench(postgres.Tools);
        var manifest = await bench.TakeAsync(database.Target, new BackupSettings { RowCountLimit = 0 });
        Assert.Null(manifest.RowCounts);
        Assert.Equal("switched off", manifest.RowCountsLeftOut);
    }
}
