using Belay.Backups;
using Belay.Backups.Taking;
using Belay.IntegrationTests.Support;
using Belay.Servers;

namespace Belay.IntegrationTests.Backups.Taking;

/// <summary>What is counted are the rows of the dumped snapshot, or nothing is: a proof by restoring compares with them.</summary>
public sealed class SnapshotRowsTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Counts_the_snapshots_rows_although_a_truncate_waits_for_the_table()
    {
        await using var database = await CreateAsync();
        var session = await SnapshotSession.OpenAsync(database.Connector, Token);
        var truncate = database.ExecuteAsync("TRUNCATE numbers", Token);
        await WaitsAsync(database);
        var rows = await session.CountAsync(long.MaxValue, Token);
        Assert.False(truncate.IsCompleted);
        await session.DisposeAsync();
        await truncate;
        Assert.Equal((false, 10L), (rows.HasFailed, rows.Counts!["public.numbers"]));
    }

    [Fact]
    public async Task Gives_way_before_pg_dump_has_its_locks_and_notices_that_the_rows_are_gone()
    {
        await using var database = await CreateAsync();
        await using var session = await SnapshotSession.OpenAsync(database.Connector, Token);
        var truncate = database.ExecuteAsync("TRUNCATE numbers", Token);
        await WaitsAsync(database);
        await session.YieldAsync(Token);
        await truncate;
        var fault = await Assert.ThrowsAsync<BackupException>(() => session.DemandRowsAsync(Token));
        Assert.Equal(
            $"1 table of {database.Target.Database} was emptied or written anew while the backup waited for its locks, so the dump would "
                + "have no rows of it: public.numbers.\nNothing was stored.",
            fault.Message);
        var rows = await session.CountAsync(long.MaxValue, Token);
        Assert.Equal((true, "public.numbers was emptied or written anew meanwhile"), (rows.HasFailed, rows.LeftOut));
    }

    [Fact]
    public async Task Fails_the_backup_of_rows_that_were_gone_before_pg_dump_had_its_locks()
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        await using var blocker = await database.HoldAsync("LOCK TABLE numbers IN ACCESS EXCLUSIVE MODE", Token);
        var backup = bench.TakeAsync(database.Target, new BackupSettings { LockWait = TimeSpan.FromMinutes(5) });
        await new DumpWatch(database).WaitsForLockAsync(backup);
        await using (var command = new Npgsql.NpgsqlCommand("TRUNCATE numbers; COMMIT", blocker))
        {
            await command.ExecuteNonQueryAsync(Token);
        }

        var fault = await Assert.ThrowsAsync<BackupException>(() => backup);
        Assert.StartsWith(
            $"1 table of {database.Target.Database} was emptied or written anew while the backup waited for its locks",
            fault.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            bench.Files(), name => name.EndsWith(".json", StringComparison.Ordinal) || name.Contains(".dump", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Does_not_take_a_count_that_failed_for_a_proof()
    {
        await using var database = await CreateAsync();
        await using var session = await SnapshotSession.OpenAsync(database.Connector, Token);
        await database.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'belay backup snapshot' AND datname = "
                + "current_database()", Token);
        var rows = await session.CountAsync(long.MaxValue, Token);
        Assert.Null(rows.Counts);
        Assert.True(rows.HasFailed);
    }

    [Fact]
    public async Task Keeps_few_locks_while_it_counts_many_tables()
    {
        await using var database = await CreateAsync();
        await database.ExecuteAsync(
            "DO $$ BEGIN FOR i IN 1..300 LOOP EXECUTE format('CREATE TABLE many_%s (id int PRIMARY KEY)', i); END LOOP; END $$", Token);
        await using var session = await SnapshotSession.OpenAsync(database.Connector, Token);
        var rows = await session.CountAsync(long.MaxValue, Token);
        Assert.Equal(301, rows.Counts!.Count);
        Assert.Equal(
            0L,
            await database.ScalarAsync(
                "SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation WHERE c.relkind = 'i' AND c.relname LIKE 'many%' "
                    + "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                Token));
    }

    [Fact]
    public async Task Counts_more_tables_than_the_servers_lock_table_has_room_for_with_their_indexes()
    {
        var folder = TestFolder.New("few-locks");
        using var bench = new BackupBench(postgres.Tools);
        try
        {
            await using var server = await PostgresServer.StartAsync(
                new()
                {
                    Tools = postgres.Tools,
                    Folder = folder,
                    Durable = false,
                    Settings = new Dictionary<string, string> { ["max_locks_per_transaction"] = "10", ["max_connections"] = "20" },
                },
                Token);
            await using var database = await TestDatabase.CreateAsync(server, "app", Token);
            for (var begin = 1; begin <= 250; begin += 10)
            {
                await database.ExecuteAsync(
                    $"DO $$ BEGIN FOR i IN {begin}..{begin + 9} LOOP EXECUTE format('CREATE TABLE t_%s (id int PRIMARY KEY, b int "
                        + "UNIQUE, c int UNIQUE, d int UNIQUE, e int UNIQUE, f int UNIQUE, g int UNIQUE)', i); END LOOP; END $$", Token);
            }

            var manifest = await bench.TakeAsync(database.Target, new BackupSettings { RequiredLevel = ProofLevel.Restored });
            Assert.Equal(250, manifest.RowCounts!.Count);
        }
        finally
        {
            ServicePlace.Remove(folder);
        }
    }

    [Fact]
    public async Task Refuses_a_level_that_compares_rows_when_they_are_not_to_be_counted()
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        var fault = await Assert.ThrowsAsync<BackupException>(
            () => bench.TakeAsync(database.Target, new BackupSettings { RequiredLevel = ProofLevel.Restored, RowCountLimit = 0 }));
        Assert.Equal(
            "No backup can be proven by restored, which compares the rows: they are not counted (switched off). Nothing was dumped.",
            fault.Message);
        Assert.Equal("A larger --row-count-limit counts them; --proof-level restored-uncounted does without.", fault.Hint);
    }

    [Fact]
    public async Task Says_of_a_restore_without_counts_that_no_rows_were_compared()
    {
        await using var database = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        var manifest = await bench.TakeAsync(database.Target, new BackupSettings { RowCountLimit = 0 });
        var fault = await Assert.ThrowsAsync<BackupException>(() => bench.Prover.ProveAsync(manifest, ProofLevel.Restored, Token));
        Assert.Equal(
            $"Backup {manifest.Id} restores, but its rows could not be compared: they were not counted when it was dumped (switched off). "
                + "It is proven by restored, rows not counted; demanded is restored.",
            fault.Message);
        Assert.Equal(ProofLevel.RestoredUncounted, (await bench.ReadAsync(manifest)).ProofLevel);
    }

    [Fact]
    public async Task Warns_of_a_database_without_tables_and_backs_it_up()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var bench = new BackupBench(postgres.Tools);
        var manifest = await bench.TakeAsync(database.Target, new BackupSettings());
        Assert.Equal([$"The database {database.Target.Database} has no table, and so its backup has none."], bench.Output.Warnings);
        Assert.Equal(ProofLevel.Readback, (await bench.Prover.ProveAsync(manifest, ProofLevel.Readback, Token)).ProofLevel);
    }

    private static async Task WaitsAsync(TestDatabase database)
    {
        while (await database.ScalarAsync(
            "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database()",
            Token) is 0L)
        {
            Token.ThrowIfCancellationRequested();
        }
    }

    private async Task<TestDatabase> CreateAsync()
    {
        var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync("CREATE TABLE numbers AS SELECT generate_series(1, 10) AS id", Token);
        return database;
    }
}
