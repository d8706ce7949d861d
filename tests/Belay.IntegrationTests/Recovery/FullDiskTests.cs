using Belay.Backups;
using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Recovery.Restoring;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Recovery;

namespace Belay.IntegrationTests.Recovery;

/// <summary>The server's disk is really full: the message says so, the database is as before, and nothing half stays.</summary>
public sealed class FullDiskTests(PostgresFixture postgres)
{
    private const long Megabyte = 1 << 20;

    [Theory]
    [InlineData(1, 1, "was not restored as shop: 53100: ")]
    [InlineData(14, 1, "TABLE DATA item postgres: ")]
    [InlineData(14, 2, "TABLE DATA item postgres: ")]
    public async Task A_restore_ends_with_the_database_as_before(int left, int workers, string at)
    {
        await using var server = await SmallServer.StartAsync(postgres.Tools, "140m", Token);
        await using var database = await server.CreateDatabaseAsync("shop");
        await using var bench = new RestoreBench(database, postgres.Tools);
        var manifest = await bench.TakeAsync(new BackupSettings { Parallel = workers });
        await database.ExecuteAsync("INSERT INTO item (body) SELECT repeat(md5(i::text), 30) FROM generate_series(1, 30000) i", Token);
        manifest = await bench.Backups.TakeAsync(database.Target, new BackupSettings { Parallel = workers });
        server.Fill(left * Megabyte);

        var failure = await Assert.ThrowsAsync<RecoveryException>(() => bench.RestoreAsync(bench.Request(manifest)));

        Assert.Equal(ExitCodes.RecoveryFailed, failure.ExitCode);
        Assert.StartsWith($"Backup {manifest.Id} was not restored", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.Message.Contains(at, StringComparison.Ordinal), failure.Message);
        Assert.Contains("No space left on device", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("\nshop is as before.", failure.Message, StringComparison.Ordinal);
        Assert.Equal("Make room on the server; see its log. Then run the command again.", failure.Hint);
        Assert.Empty(await bench.OthersAsync());
        Assert.Equal("30200", await bench.AskAsync("shop", "SELECT count(*) FROM item"));
        server.Free();
        Assert.NotNull((await bench.RestoreAsync(bench.Request(manifest))).Replaced);
    }

    [Fact]
    public async Task A_rollback_is_rolled_back()
    {
        await using var server = await SmallServer.StartAsync(postgres.Tools, "140m", Token);
        await using var database = await server.CreateDatabaseAsync("shop");
        using var bench = new MigrationBench(database.Target);
        bench.Write("1_a.sql", "CREATE TABLE item AS SELECT i AS id, repeat(md5(i::text), 30) AS body FROM generate_series(1, 20000) i;");
        var path = bench.Write("1_a.rollback.sql", "CREATE TABLE kept AS SELECT * FROM item;\nDROP TABLE item;");
        await bench.RunAsync();
        server.Fill(8 * Megabyte);
        var runner = new RollbackRunner(new(database.Target), bench.Settings, bench.Output, TimeProvider.System);
        var preview = await bench.PreviewRollbackAsync();

        var failure = await Assert.ThrowsAsync<RecoveryException>(
            async () => await runner.RunAsync(await bench.ProveAsync(), preview, Token));

        Assert.Matches(
            $"^{path}:1:1: ERROR: could not extend file \"base/[0-9/.]+\": No space left on device \\(SQLSTATE 53100\\)", failure.Message);
        Assert.EndsWith("\nRolled back: database as before the rollback.", failure.Message, StringComparison.Ordinal);
        Assert.Equal("make room on the server's disk, then ./build.sh Rollback --confirm shop", failure.Hint);
        Assert.Equal(["1"], await bench.AppliedAsync());
        Assert.DoesNotContain("public.kept", await bench.TablesAsync());
        server.Free();
        await runner.RunAsync(await bench.ProveAsync(), preview, Token);
        Assert.Contains("public.kept", await bench.TablesAsync());
    }

    [Fact]
    public async Task A_migration_is_rolled_back()
    {
        await using var server = await SmallServer.StartAsync(postgres.Tools, "100m", Token);
        await using var database = await server.CreateDatabaseAsync("shop");
        using var bench = new MigrationBench(database.Target);
        bench.Write("1_a.sql", "CREATE TABLE item AS SELECT i AS id, repeat(md5(i::text), 30) AS body FROM generate_series(1, 30000) i;");
        server.Fill(8 * Megabyte);

        var failure = await bench.FailAsync();

        Assert.Equal(ExitCodes.MigrationRolledBack, failure.ExitCode);
        Assert.Equal("make room on the server's disk, then ./build.sh Migrate", failure.Hint);
        Assert.Empty(await bench.TablesAsync());
        server.Free();
        await bench.RunAsync();
    }

    [Fact]
    public async Task A_migration_that_fills_the_disk_of_the_log_takes_the_server_with_it_and_leaves_the_database_as_before()
    {
        await using var server = await SmallServer.StartAsync(postgres.Tools, "100m", Token, "pg_wal");
        await using var database = await server.CreateDatabaseAsync("shop");
        using var bench = new MigrationBench(database.Target);
        bench.Write("1_a.sql", "CREATE TABLE item AS SELECT i AS id, repeat(md5(i::text), 30) AS body FROM generate_series(1, 60000) i;");
        server.Fill(8 * Megabyte);

        var failure = await bench.FailAsync();

        Assert.Equal(ExitCodes.MigrationRolledBack, failure.ExitCode);
        Assert.Contains(":1:1: PANIC: could not write to file \"pg_wal/xlogtemp.", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("\nRolled back: database as before.", failure.Message, StringComparison.Ordinal);
        Assert.Equal("make room on the server's disk, then ./build.sh Migrate", failure.Hint);
        server.Free();
        await server.StartAgainAsync();
        Assert.Empty(await bench.TablesAsync());
        await bench.RunAsync();
    }
}
