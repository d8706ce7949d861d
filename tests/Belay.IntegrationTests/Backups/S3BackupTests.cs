using System.Security.Cryptography;
using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Backups.Taking;
using Belay.Gate;
using Belay.IntegrationTests.Support;
using Belay.Retention;
using Belay.Storage.Kinds;
using CliWrap;
using Microsoft.Extensions.Time.Testing;

namespace Belay.IntegrationTests.Backups;

public sealed class S3BackupTests(PostgresFixture postgres, S3Fixture s3)
{
    [Theory]
    [InlineData("zstd")]
    [InlineData("none")]
    public async Task Takes_proves_and_gates_a_backup_of_several_parts(string codec)
    {
        await using var database = await CreateAsync(300_000);
        using var bench = new BackupBench(postgres.Tools);
        var store = StoreFactory.Open(await s3.CreateBucketAsync(Token));
        var manifest = await bench.TakeAsync(database.Target, new BackupSettings { Compression = codec }, store);
        Assert.True(manifest.Size > 8 << 20);
        Assert.StartsWith(
            $"{(manifest.Size + (8 << 20) - 1) / (8 << 20)} blocks accepted", manifest.Evidence[0].Facts[0], StringComparison.Ordinal);

        var proven = await bench.ProverOf(store).ProveAsync(manifest, ProofLevel.Readback, Token);

        Assert.Contains(
            $"SHA-256 equal over {manifest.Size} bytes", proven.Evidence.Single(evidence => evidence.Level == ProofLevel.Readback).Facts);
        await using var proof = await new BackupGate(store, new BackupSettings(), TimeProvider.System)
            .DemandAsync(GateTargets.Of(manifest), Token);
        Assert.Equal(manifest.Id, proof.Backup.Id);
        var contents = await new BackupCatalog(store).ReadAsync(Token);
        Assert.Equal([manifest.Id], contents.Backups.Select(backup => backup.Manifest.Id));
        Assert.Empty(contents.Orphans);
    }

    [Fact]
    public async Task Is_restored_by_hand_from_the_object_alone()
    {
        await using var database = await CreateAsync(1000);
        await using var restored = await postgres.CreateDatabaseAsync(Token);
        using var bench = new BackupBench(postgres.Tools);
        var location = await s3.CreateBucketAsync(Token) with { Prefix = "prod" };
        var manifest = await bench.TakeAsync(database.Target, new BackupSettings { Compression = "native" }, StoreFactory.Open(location));
        using var client = S3Fixture.Client(location);
        using var answer = await client.GetObjectAsync(location.Bucket, $"prod/{manifest.ObjectName}", Token);
        using var dump = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(dump, Token);
        Assert.Equal(manifest.Sha256, Convert.ToHexStringLower(SHA256.HashData(dump.ToArray())));

        dump.Position = 0;
        var target = restored.Target;
        await Cli.Wrap(postgres.Tools.PathOf("pg_restore"))
            .WithArguments(
                [
                    "--exit-on-error",
                    "-h",
                    target.Hosts[0].Name,
                    "-p",
                    $"{target.Hosts[0].Port}",
                    "-U",
                    target.Username!,
                    "-d",
                    target.Database,
                ])
            .WithEnvironmentVariables(variables => variables.Set("PGPASSWORD", target.Password?.Reveal()))
            .WithStandardInputPipe(PipeSource.FromStream(dump))
            .ExecuteAsync(Token);

        Assert.Equal(1000L, await restored.ScalarAsync("SELECT count(*) FROM numbers", Token));
    }

    [Fact]
    public async Task Is_deleted_when_it_has_expired_but_not_while_it_is_in_use()
    {
        await using var database = await CreateAsync(10);
        using var bench = new BackupBench(postgres.Tools);
        var store = StoreFactory.Open(await s3.CreateBucketAsync(Token));
        var timeProvider = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(-10));
        var old = await new BackupRunner(store, postgres.Tools, new TestOutput(), timeProvider)
            .RunAsync(new BackupRequest { Database = database.Target }, Token);
        var newest = await bench.ProverOf(store)
            .ProveAsync(await bench.TakeAsync(database.Target, new BackupSettings(), store), ProofLevel.Readback, Token);
        var output = new TestOutput();
        var cleanup = new RetentionRunner(store, output, TimeProvider.System);
        await using (await store.UseAsync(old.ObjectName, Assert.Fail, Token))
        {
            Assert.Empty((await cleanup.RunAsync(new RetentionSettings(), Token)).Deleted);
        }

        Assert.Equal(
            [$"{old.Database.Name} {old.Id}"],
            (await cleanup.RunAsync(new RetentionSettings(), Token)).Deleted.Select(decision => decision.Name));
        Assert.Equal([newest.Id], (await new BackupCatalog(store).ReadAsync(Token)).Backups.Select(backup => backup.Manifest.Id));
        Assert.Equal(
            $"Parts of killed uploads may be left: Cannot list unfinished uploads of '' in {store.DisplayName}: the server does not know "
                + "this request (HTTP 501, NotImplemented). A lifecycle rule AbortIncompleteMultipartUpload removes them.",
            output.Warnings[^1]);
    }

    private async Task<TestDatabase> CreateAsync(int rows)
    {
        var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync(
            $"CREATE TABLE numbers AS SELECT i AS id, md5(i::text) || md5((-i)::text) AS text FROM generate_series(1, {rows}) i", Token);
        return database;
    }
}
