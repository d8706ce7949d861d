using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Migrations;

/// <summary>Concurrent commands that are interrupted half-way, and what the next attempt makes of it.</summary>
public sealed class ConcurrentStatementTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Head = "-- belay: no-transaction\n";

    private const string Indexes =
        "SELECT format('%s %s', indexrelid::regclass, indisvalid) FROM pg_index WHERE indrelid = 't'::regclass ORDER BY 1";

    private TestDatabase database = null!;
    private MigrationBench bench = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync(Token);
        bench = new MigrationBench(database.Target);
        bench.Settings = bench.Settings with { ConcurrentLockTimeout = TimeSpan.FromMilliseconds(300) };
        await database.ExecuteAsync(
            """
            CREATE TABLE t (id integer, a integer); INSERT INTO t SELECT i, i FROM generate_series(1, 5) i; CREATE INDEX t_a ON t (a);
            CREATE TABLE parted (id integer) PARTITION BY RANGE (id); CREATE TABLE part PARTITION OF parted FOR VALUES FROM (1) TO (10)
            """,
            Token);
    }

    public async ValueTask DisposeAsync()
    {
        bench.Dispose();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Completes_a_half_done_detach_with_FINALIZE_and_says_so()
    {
        DemandVersion14();
        bench.Write("1_a.sql", Head + "ALTER TABLE parted DETACH PARTITION part CONCURRENTLY;\n");
        await using var reader = await database.HoldAsync("SELECT FROM parted", Token);

        var run = bench.RunAsync();
        await bench.OutputAsync("1_a.sql did not get its locks (attempt 1); ");
        await reader.DisposeAsync();
        await run;

        Assert.Contains(
            "1_a.sql:2 an interrupted attempt left the partition part half detached; completing it with FINALIZE", bench.Output.Lines);
        Assert.Equal(["0"], await bench.QueryAsync("SELECT count(*) FROM pg_inherits"));
        Assert.Equal(["1"], await bench.AppliedAsync());
    }

    [Fact]
    public async Task Takes_a_detach_for_done_that_was_finalized_by_hand()
    {
        DemandVersion14();
        bench.Settings = bench.Settings with { LockBudget = TimeSpan.Zero };
        var path = bench.Write("1_a.sql", Head + "ALTER TABLE parted DETACH PARTITION part CONCURRENTLY;\n");
        await using (await database.HoldAsync("SELECT FROM parted", Token))
        {
            var failure = await bench.FailAsync();

            Assert.Equal(
                $"{path}:2:1: ERROR: canceling statement due to lock timeout (SQLSTATE 55P03)\n  ALTER TABLE parted DETACH PARTITION part "
                    + "CONCURRENTLY;\n  ^\n"
                + "Stopped part-way, outside a transaction: 0 of 1 statement ran.\n  line 2: DETACH PARTITION CONCURRENTLY failed",
                failure.Message);
            Assert.Equal(ExitCodes.MigrationPartWay, failure.ExitCode);
            Assert.Equal(
                "end the sessions that hold the locks, or wait for a quieter time, then ./build.sh Migrate goes on with it; or "
                    + "./build.sh FetchBackup --backup 20251012T103000Z-aa --to <folder> brings the backup to restore by hand",
                failure.Hint);
        }

        await database.ExecuteAsync("ALTER TABLE parted DETACH PARTITION part FINALIZE", Token);
        await bench.RunAsync();

        Assert.Contains("1_a.sql: 1 of 1 statement ran before; journal and catalogue agree", bench.Output.Lines);
        Assert.Equal(["1"], await bench.AppliedAsync());
    }

    [Fact]
    public async Task Runs_a_detach_again_that_named_no_partition()
    {
        DemandVersion14();
        bench.Write("1_a.sql", Head + "ALTER TABLE parted DETACH PARTITION t CONCURRENTLY;\n");
        Assert.Equal("42P01", (await bench.FailAsync()).SqlState);
        Assert.Equal("42P01", (await bench.FailAsync()).SqlState);
        Assert.Empty(await bench.AppliedAsync());
    }

    [Fact]
    public async Task Drops_the_copy_that_a_failed_REINDEX_left_before_it_tries_again()
    {
        await database.ExecuteAsync(
            "CREATE TABLE u (a integer); CREATE INDEX u_a_ccnew ON u (a); UPDATE pg_index SET indisvalid = false WHERE indexrelid = "
                + "'u_a_ccnew'::regclass", Token);
        bench.Settings = bench.Settings with { LockBudget = TimeSpan.Zero };
        bench.Write("1_a.sql", Head + "REINDEX INDEX CONCURRENTLY t_a;\n");
        await using (await database.HoldAsync("INSERT INTO t VALUES (6, 6)", Token))
        {
            Assert.Equal("55P03", (await bench.FailAsync()).SqlState);
        }

        Assert.Equal(
            [
                "The invalid index that the failed attempt left is still there (55P03: canceling statement due to lock timeout); the next "
                    + "attempt drops it first",
            ],
            bench.Output.Warnings);
        Assert.Equal(["t_a t", "t_a_ccnew f"], await bench.QueryAsync(Indexes));

        await bench.RunAsync();

        Assert.Contains("Dropped the invalid index public.t_a_ccnew, which a failed attempt had left", bench.Output.Lines);
        Assert.Equal(["t_a t"], await bench.QueryAsync(Indexes));
        Assert.Equal(["f"], await bench.QueryAsync("SELECT indisvalid FROM pg_index WHERE indexrelid = 'u_a_ccnew'::regclass"));
    }

    [Theory]
    [InlineData("REINDEX TABLE CONCURRENTLY t")]
    [InlineData("REINDEX (VERBOSE) INDEX CONCURRENTLY t_a")]
    [InlineData("REINDEX SCHEMA CONCURRENTLY public")]
    public async Task Finds_the_copies_of_an_earlier_run_by_what_the_REINDEX_names(string statement)
    {
        await database.ExecuteAsync(
            """
            CREATE INDEX t_a_ccnew1 ON t (a); CREATE SCHEMA other; CREATE TABLE other.u (a integer); CREATE INDEX u_a_ccold ON other.u (a);
            UPDATE pg_index SET indisvalid = false WHERE indexrelid IN ('t_a_ccnew1'::regclass, 'other.u_a_ccold'::regclass)
            """,
            Token);
        bench.Write("1_a.sql", $"{Head}{statement};\n");

        await bench.RunAsync();

        Assert.Contains("Dropped the invalid index public.t_a_ccnew1, which a failed attempt had left", bench.Output.Lines);
        Assert.Equal(["t_a t"], await bench.QueryAsync(Indexes));
        Assert.Equal(["f"], await bench.QueryAsync("SELECT indisvalid FROM pg_index WHERE indexrelid = 'other.u_a_ccold'::regclass"));
    }

    [Fact]
    public async Task Finds_the_copies_in_the_partitions_of_the_table_that_the_REINDEX_names()
    {
        DemandVersion14();
        await database.ExecuteAsync(
            "CREATE INDEX part_ccnew ON part (id); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'part_ccnew'::regclass",
            Token);
        bench.Write("1_a.sql", Head + "REINDEX TABLE CONCURRENTLY parted;\n");

        await bench.RunAsync();

        Assert.Contains("Dropped the invalid index public.part_ccnew, which a failed attempt had left", bench.Output.Lines);
    }

    [Fact]
    public async Task Ends_a_DROP_INDEX_whose_session_was_killed()
    {
        bench.Settings = bench.Settings with { ConcurrentLockTimeout = TimeSpan.FromMinutes(5) };
        bench.Write("1_a.sql", Head + "DROP INDEX CONCURRENTLY t_a;\n");
        await using (await database.HoldAsync("SELECT FROM t", Token))
        {
            var run = bench.FailAsync();
            var session = await bench.SessionAsync("migrate", "wait_event_type = 'Lock'");
            await database.ExecuteAsync($"SELECT pg_terminate_backend({session})", Token);
            Assert.Equal(ExitCodes.MigrationPartWay, (await run).ExitCode);
        }

        await bench.RunAsync();

        Assert.Empty(await bench.QueryAsync(Indexes));
        Assert.Equal(["1"], await bench.AppliedAsync());
    }

    [Fact]
    public async Task Does_not_drop_again_what_a_later_statement_built_anew()
    {
        var path = bench.Write(
            "1_a.sql", Head + "DROP INDEX CONCURRENTLY t_a;\nCREATE INDEX CONCURRENTLY t_a ON t (a, id);\nSELECT missing FROM t;\n");
        await bench.FailAsync();
        await File.WriteAllTextAsync(
            path, Head + "DROP INDEX CONCURRENTLY t_a;\nCREATE INDEX CONCURRENTLY t_a ON t (a, id);\nSELECT a FROM t;\n", Token);

        await bench.RunAsync();

        Assert.Contains("1_a.sql: 2 of 3 statements ran before; journal and catalogue agree", bench.Output.Lines);
        Assert.Equal(["t_a t"], await bench.QueryAsync(Indexes));
    }

    [Fact]
    public async Task Does_not_call_it_success_when_IF_NOT_EXISTS_passes_over_an_invalid_index_of_another_table()
    {
        await database.ExecuteAsync(
            "CREATE TABLE u (a integer); CREATE INDEX u_a ON u (a); UPDATE pg_index SET indisvalid = false WHERE indexrelid = "
                + "'u_a'::regclass", Token);
        var path = bench.Write("1_a.sql", Head + "CREATE INDEX CONCURRENTLY IF NOT EXISTS u_a ON t (a);\n");

        var failure = await bench.FailAsync();

        Assert.StartsWith(
            $"{path}:2:1: ERROR: the index exists already and is invalid (SQLSTATE 55000)\n", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["f"], await bench.QueryAsync("SELECT indisvalid FROM pg_index WHERE indexrelid = 'u_a'::regclass"));
        Assert.Empty(await bench.AppliedAsync());
    }

    [Fact]
    public async Task Does_not_guess_whether_a_procedure_ended_whose_session_was_killed()
    {
        await database.ExecuteAsync(
            "CREATE PROCEDURE slow() LANGUAGE plpgsql AS 'BEGIN INSERT INTO t VALUES (6, 6); COMMIT; PERFORM pg_sleep(600); END'", Token);
        var path = bench.Write("1_a.sql", Head + "CALL slow();\n");
        var run = bench.FailAsync();
        var session = await bench.SessionAsync("migrate", "wait_event = 'PgSleep'");
        await database.ExecuteAsync($"SELECT pg_terminate_backend({session})", Token);
        await run;

        var failure = await bench.FailAsync();

        Assert.Equal(
            $"{path} stopped part-way before, and cannot go on: line 2: CALL SLOW began in an earlier run, and nobody knows whether it "
                + "ended. Nothing was changed by this run.",
            failure.Message);
        Assert.Equal(
            "look at the database; then either DELETE FROM belay.statement WHERE version = 1 AND position = 1 to run it again, "
            + "or UPDATE belay.statement SET sqlstate = '00000' WHERE version = 1 AND position = 1 to go on after it; then "
            + "./build.sh Migrate",
            failure.Hint);
        Assert.Equal(ExitCodes.MigrationPartWay, failure.ExitCode);
    }

    private void DemandVersion14()
        => Assert.SkipUnless(postgres.Tools.Major >= 14, "This machine's PostgreSQL has no DETACH PARTITION CONCURRENTLY");
}
