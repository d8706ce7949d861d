using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Migrations;

/// <summary>Concurrent commands that are interrupted half-way, and what the next attempt makes of it.</summary>
public sealed class ConcurrentStatementTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private const string Head = "-- belay: no-transaction\n";

    private const string Indexes =
        "SELECT format('%s %s', indexrelid::regclass, indisvalid) FROM pg_index WHERE indrelid = 't'::regclass ORDER BY 1";

    protected override async Task PrepareAsync()
    {
        Bench.Settings = Bench.Settings with { ConcurrentLockTimeout = TimeSpan.FromMilliseconds(300) };
        await Database.ExecuteAsync(
            """
            CREATE TABLE t (id integer, a integer); INSERT INTO t SELECT i, i FROM generate_series(1, 5) i; CREATE INDEX t_a ON t (a);
            CREATE TABLE parted (id integer) PARTITION BY RANGE (id); CREATE TABLE part PARTITION OF parted FOR VALUES FROM (1) TO (10)
            """,
            Token);
    }

    [Fact]
    public async Task Completes_a_half_done_detach_with_FINALIZE_and_says_so()
    {
        DemandVersion14();
        Bench.Write("1_a.sql", Head + "ALTER TABLE parted DETACH PARTITION part CONCURRENTLY;\n");
        await using var reader = await Database.HoldAsync("SELECT FROM parted", Token);

        var run = Bench.RunAsync();
        await Bench.OutputAsync("1_a.sql did not get its locks (attempt 1); ");
        await reader.DisposeAsync();
        await run;

        Assert.Contains(
            "1_a.sql:2 an interrupted attempt left the partition part half detached; completing it with FINALIZE", Bench.Output.Lines);
        Assert.Equal(["0"], await Bench.QueryAsync("SELECT count(*) FROM pg_inherits"));
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Takes_a_detach_for_done_that_was_finalized_by_hand()
    {
        DemandVersion14();
        Bench.Settings = Bench.Settings with { LockBudget = TimeSpan.Zero };
        var path = Bench.Write("1_a.sql", Head + "ALTER TABLE parted DETACH PARTITION part CONCURRENTLY;\n");
        await using (await Database.HoldAsync("SELECT FROM parted", Token))
        {
            var failure = await Bench.FailAsync();

            Assert.Equal(
                $"{path}:2:1: ERROR: canceling statement due to lock timeout (SQLSTATE 55P03)\n  ALTER TABLE parted DETACH PARTITION part "
                    + "CONCURRENTLY;\n  ^\n"
                + "Stopped part-way, outside a transaction: 0 of 1 statement ran.\n  line 2: DETACH PARTITION CONCURRENTLY failed",
                failure.Message);
            Assert.Equal(ExitCodes.MigrationPartWay, failure.ExitCode);
            Assert.Equal(
                "end the sessions that hold the locks, or wait for a quieter time, then ./build.sh Migrate goes on with it; or "
                    + "./build.sh Restore --backup 20251012T103000Z-aa --dry-run shows what going back to the backup would lose",
                failure.Hint);
        }

        await Database.ExecuteAsync("ALTER TABLE parted DETACH PARTITION part FINALIZE", Token);
        await Bench.RunAsync();

        Assert.Contains("1_a.sql: 1 of 1 statement ran before; journal and catalogue agree", Bench.Output.Lines);
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Runs_a_detach_again_that_named_no_partition()
    {
        DemandVersion14();
        Bench.Write("1_a.sql", Head + "ALTER TABLE parted DETACH PARTITION t CONCURRENTLY;\n");
        Assert.Equal("42P01", (await Bench.FailAsync()).SqlState);
        Assert.Equal("42P01", (await Bench.FailAsync()).SqlState);
        Assert.Empty(await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Drops_the_copy_that_a_failed_REINDEX_left_before_it_tries_again()
    {
        await Database.ExecuteAsync(
            "CREATE TABLE u (a integer); CREATE INDEX u_a_ccnew ON u (a); UPDATE pg_index SET indisvalid = false WHERE indexrelid = "
                + "'u_a_ccnew'::regclass", Token);
        Bench.Settings = Bench.Settings with { LockBudget = TimeSpan.Zero };
        Bench.Write("1_a.sql", Head + "REINDEX INDEX CONCURRENTLY t_a;\n");
        await using (await Database.HoldAsync("INSERT INTO t VALUES (6, 6)", Token))
        {
            Assert.Equal("55P03", (await Bench.FailAsync()).SqlState);
        }

        Assert.Equal(
            [
                "The invalid index that the failed attempt left is still there (55P03: canceling statement due to lock timeout); the next "
                    + "attempt drops it first",
            ],
            Bench.Output.Warnings);
        Assert.Equal(["t_a t", "t_a_ccnew f"], await Bench.QueryAsync(Indexes));

        await Bench.RunAsync();

        Assert.Contains("Dropped the invalid index public.t_a_ccnew, which a failed attempt had left", Bench.Output.Lines);
        Assert.Equal(["t_a t"], await Bench.QueryAsync(Indexes));
        Assert.Equal(["f"], await Bench.QueryAsync("SELECT indisvalid FROM pg_index WHERE indexrelid = 'u_a_ccnew'::regclass"));
    }

    [Theory]
    [InlineData("REINDEX TABLE CONCURRENTLY t")]
    [InlineData("REINDEX (VERBOSE) INDEX CONCURRENTLY t_a")]
    [InlineData("REINDEX SCHEMA CONCURRENTLY public")]
    public async Task Finds_the_copies_of_an_earlier_run_by_what_the_REINDEX_names(string statement)
    {
        await Database.ExecuteAsync(
            """
            CREATE INDEX t_a_ccnew1 ON t (a); CREATE SCHEMA other; CREATE TABLE other.u (a integer); CREATE INDEX u_a_ccold ON other.u (a);
            UPDATE pg_index SET indisvalid = false WHERE indexrelid IN ('t_a_ccnew1'::regclass, 'other.u_a_ccold'::regclass)
            """,
            Token);
        Bench.Write("1_a.sql", $"{Head}{statement};\n");

        await Bench.RunAsync();

        Assert.Contains("Dropped the invalid index public.t_a_ccnew1, which a failed attempt had left", Bench.Output.Lines);
        Assert.Equal(["t_a t"], await Bench.QueryAsync(Indexes));
        Assert.Equal(["f"], await Bench.QueryAsync("SELECT indisvalid FROM pg_index WHERE indexrelid = 'other.u_a_ccold'::regclass"));
    }

    [Fact]
    public async Task Finds_the_copies_in_the_partitions_of_the_table_that_the_REINDEX_names()
    {
        DemandVersion14();
        await Database.ExecuteAsync(
            "CREATE INDEX part_ccnew ON part (id); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'part_ccnew'::regclass",
            Token);
        Bench.Write("1_a.sql", Head + "REINDEX TABLE CONCURRENTLY parted;\n");

        await Bench.RunAsync();

        Assert.Contains("Dropped the invalid index public.part_ccnew, which a failed attempt had left", Bench.Output.Lines);
    }

    [Fact]
    public async Task Ends_a_DROP_INDEX_whose_session_was_killed()
    {
        Bench.Settings = Bench.Settings with { ConcurrentLockTimeout = TimeSpan.FromMinutes(5) };
        Bench.Write("1_a.sql", Head + "DROP INDEX CONCURRENTLY t_a;\n");
        await using (await Database.HoldAsync("SELECT FROM t", Token))
        {
            var run = Bench.FailAsync();
            var session = await Bench.SessionAsync("migrate", "wait_event_type = 'Lock'");
            await Database.ExecuteAsync($"SELECT pg_terminate_backend({session})", Token);
            Assert.Equal(ExitCodes.MigrationPartWay, (await run).ExitCode);
        }

        await Bench.RunAsync();

        Assert.Empty(await Bench.QueryAsync(Indexes));
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Does_not_drop_again_what_a_later_statement_built_anew()
    {
        var path = Bench.Write(
            "1_a.sql", Head + "DROP INDEX CONCURRENTLY t_a;\nCREATE INDEX CONCURRENTLY t_a ON t (a, id);\nSELECT missing FROM t;\n");
        await Bench.FailAsync();
        await File.WriteAllTextAsync(
            path, Head + "DROP INDEX CONCURRENTLY t_a;\nCREATE INDEX CONCURRENTLY t_a ON t (a, id);\nSELECT a FROM t;\n", Token);

        await Bench.RunAsync();

        Assert.Contains("1_a.sql: 2 of 3 statements ran before; journal and catalogue agree", Bench.Output.Lines);
        Assert.Equal(["t_a t"], await Bench.QueryAsync(Indexes));
    }

    [Fact]
    public async Task Does_not_call_it_success_when_IF_NOT_EXISTS_passes_over_an_invalid_index_of_another_table()
    {
        await Database.ExecuteAsync(
            "CREATE TABLE u (a integer); CREATE INDEX u_a ON u (a); UPDATE pg_index SET indisvalid = false WHERE indexrelid = "
                + "'u_a'::regclass", Token);
        var path = Bench.Write("1_a.sql", Head + "CREATE INDEX CONCURRENTLY IF NOT EXISTS u_a ON t (a);\n");

        var failure = await Bench.FailAsync();

        Assert.StartsWith(
            $"{path}:2:1: ERROR: the index exists already and is invalid (SQLSTATE 55000)\n", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["f"], await Bench.QueryAsync("SELECT indisvalid FROM pg_index WHERE indexrelid = 'u_a'::regclass"));
        Assert.Empty(await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Does_not_guess_whether_a_procedure_ended_whose_session_was_killed()
    {
        await Database.ExecuteAsync(
            "CREATE PROCEDURE slow() LANGUAGE plpgsql AS 'BEGIN INSERT INTO t VALUES (6, 6); COMMIT; PERFORM pg_sleep(600); END'", Token);
        var path = Bench.Write("1_a.sql", Head + "CALL slow();\n");
        var run = Bench.FailAsync();
        var session = await Bench.SessionAsync("migrate", "wait_event = 'PgSleep'");
        await Database.ExecuteAsync($"SELECT pg_terminate_backend({session})", Token);
        await run;

        var failure = await Bench.FailAsync();

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
        => Assert.SkipUnless(Postgres.Tools.Major >= 14, "This machine's PostgreSQL has no DETACH PARTITION CONCURRENTLY");
}
