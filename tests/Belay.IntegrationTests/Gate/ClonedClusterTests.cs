using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Gate;
using Belay.IntegrationTests.Backups;
using Belay.IntegrationTests.Support;
using Belay.Servers;
using CliWrap;

namespace Belay.IntegrationTests.Gate;

/// <summary>A copy of a cluster by pg_basebackup: identifier, oid and name are equal, and a backup of it
/// has none of the original's later rows.</summary>
public sealed class ClonedClusterTests(PostgresFixture postgres) : IDisposable
{
    private readonly string folder = TestFolder.New("clone");
    private readonly BackupBench bench = new(postgres.Tools);

    public void Dispose()
    {
        bench.Dispose();
        ServicePlace.Remove(Path.Combine(folder, "original"));
        ServicePlace.Remove(Path.Combine(folder, "copy"));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Refuses_the_backup_of_a_copy_whether_its_log_is_ahead_or_behind()
    {
        await using var original = await PostgresServer.StartAsync(Options("original"), Token);
        await using var database = await TestDatabase.CreateAsync(original, "app", Token);
        await database.ExecuteAsync("CREATE TABLE numbers AS SELECT generate_series(1, 1000) AS id", Token);
        await CopyAsync(original);
        await using var copy = await PostgresServer.StartAsync(Options("copy"), Token);
        await copy.Target("app").ExecuteAsync(
            "DELETE FROM numbers WHERE id > 3; CREATE TABLE filler AS SELECT repeat('x', 1000) FROM generate_series(1, 1000)", Token);

        var ahead = await ProvenAsync(copy);
        var target = await GateTargets.ReadAsync(database);
        Assert.Equal(target.Database, ahead.Database);
        Assert.Contains(": it was taken on a copy of the cluster (", await RefusalAsync(target), StringComparison.Ordinal);

        await database.ExecuteAsync("CREATE TABLE filler AS SELECT repeat('x', 1000) FROM generate_series(1, 10000)", Token);
        var behind = await RefusalAsync(await GateTargets.ReadAsync(database));
        Assert.Contains(
            $"{ahead.Id}: it was taken on another server, a standby or a copy of the cluster (127.0.0.1:{copy.Port}, started ",
            behind,
            StringComparison.Ordinal);

        var own = await ProvenAsync(original);
        Assert.Equal(own.Id, await PassAsync(await GateTargets.ReadAsync(database)));
        await original.StopAsync();
        await original.StartAgainAsync(Token);
        Assert.Equal(own.Id, await PassAsync(await GateTargets.ReadAsync(database)));
    }

    private PostgresServerOptions Options(string name)
        => new() { Tools = postgres.Tools, Folder = Path.Combine(folder, name), Durable = false };

    private async Task CopyAsync(PostgresServer original)
    {
        var (from, to) = (Path.Combine(folder, "original"), Path.Combine(folder, "copy"));
        Directory.CreateDirectory(to);
        var target = original.Target("postgres");
        await Cli.Wrap(postgres.Tools.PathOf("pg_basebackup"))
            .WithArguments(
                [
                    "-D",
                    Path.Combine(to, "data"),
                    "-h",
                    "127.0.0.1",
                    "-p",
                    $"{original.Port}",
                    "-U",
                    target.Username,
                    "-X",
                    "stream",
                    "-c",
                    "fast",
                ])
            .WithEnvironmentVariables(new Dictionary<string, string?> { ["PGPASSWORD"] = target.Password!.Reveal() })
            .ExecuteAsync(Token);
        File.Copy(Path.Combine(from, "superuser.password"), Path.Combine(to, "superuser.password"));
        if (!OperatingSystem.IsWindows())
        {
            await Cli.Wrap("chown").WithArguments(["-R", $"--reference={from}", to]).ExecuteAsync(Token);
        }
    }

    private async Task<BackupManifest> ProvenAsync(PostgresServer server)
        => await bench.Prover.ProveAsync(await bench.TakeAsync(server.Target("app"), new BackupSettings()), ProofLevel.Readback, Token);

    private Task<BackupProof> DemandAsync(GateTarget target)
        => new BackupGate(bench.Store, new BackupSettings(), TimeProvider.System).DemandAsync(target, Token);

    private async Task<string> RefusalAsync(GateTarget target)
        => (await Assert.ThrowsAsync<GateException>(() => DemandAsync(target))).Message;

    private async Task<string> PassAsync(GateTarget target)
    {
        await using var proof = await DemandAsync(target);
        return proof.Backup.Id;
    }
}
