using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Migrations;

/// <summary>CALL and DO outside a transaction, which may have committed a part of their work before they failed.</summary>
public sealed class CommittingBlockTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private const string Head = "-- belay: no-transaction\n";

    private const string Loop = "DO $$ BEGIN\nFOR i IN 1..3 LOOP INSERT INTO t VALUES (i); COMMIT; END LOOP;\nRAISE 'broken';\nEND $$;";

    private const string Hint =
        "look at the database; then either DELETE FROM belay.statement WHERE version = 1 AND position = 1 to run it again, "
        + "or UPDATE belay.statement SET sqlstate = '00000' WHERE version = 1 AND position = 1 to go on after it; then ./build.sh Migrate";

    protected override Task PrepareAsync() => Database.ExecuteAsync("CREATE TABLE t (id integer)", Token);

    [Fact]
    public async Task A_block_that_failed_after_its_own_COMMIT_says_that_it_may_have_committed_and_names_both_ways_on()
    {
        var path = Bench.Write("1_a.sql", Head + Loop);

        var failure = await Bench.FailAsync();

        Assert.Equal((ExitCodes.MigrationPartWay, "P0001"), (failure.ExitCode, failure.SqlState));
        Assert.Equal(
            $"{path}:4:1: ERROR: broken (SQLSTATE P0001)\n  RAISE 'broken';\n  ^\n"
            + "CONTEXT: PL/pgSQL function inline_code_block line 3 at RAISE\n"
            + "Stopped part-way, outside a transaction: 0 of 1 statement ran.\n  line 2: DO failed and may have committed a part of its "
            + "work",
            failure.Message);
        Assert.Equal(Hint, failure.Hint);
    }

    [Fact]
    public async Task A_block_that_failed_after_its_own_COMMIT_is_not_run_again_by_the_next_release()
    {
        var path = Bench.Write("1_a.sql", Head + Loop);
        await Bench.FailAsync();

        var failure = await Bench.FailAsync();

        Assert.Equal(ExitCodes.MigrationPartWay, failure.ExitCode);
        Assert.Equal(
            $"{path} stopped part-way before, and cannot go on: statement 1 (DO) failed in an earlier run with SQLSTATE P0001, and may "
                + "have committed a part of its work. "
            + "Nothing was changed by this run.",
            failure.Message);
        Assert.Equal(Hint, failure.Hint);
        Assert.Equal(["3"], await Bench.QueryAsync("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task A_corrected_block_is_not_run_either_before_somebody_has_looked_and_then_runs()
    {
        Bench.Write("1_a.sql", Head + Loop);
        await Bench.FailAsync();
        Bench.Write("1_a.sql", Head + Loop.Replace("RAISE 'broken'", "RAISE NOTICE 'whole'", StringComparison.Ordinal));
        await Bench.FailAsync();
        Assert.Equal(["3"], await Bench.QueryAsync("SELECT count(*) FROM t"));

        await Database.ExecuteAsync("TRUNCATE t; DELETE FROM belay.statement WHERE version = 1 AND position = 1", Token);
        await Bench.RunAsync();

        Assert.Equal(["3"], await Bench.QueryAsync("SELECT count(*) FROM t"));
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Theory]
    [InlineData("PERFORM missing_function()")]
    [InlineData("PERFORM pg_sleep(60)")]
    [InlineData("SET LOCAL lock_timeout = 50; LOCK held")]
    public async Task Whatever_ended_a_procedure_it_is_called_once(string end)
    {
        await Database.ExecuteAsync(
            $"CREATE TABLE held (); CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t VALUES (1); COMMIT; {end}; END $$",
            Token);
        await using var holder = await Database.HoldAsync("LOCK held", Token);
        Bench.Settings = Bench.Settings with { StatementTimeout = TimeSpan.FromSeconds(1) };
        Bench.Write("1_a.sql", Head + "CALL fill();");

        Assert.Equal(ExitCodes.MigrationPartWay, (await Bench.FailAsync()).ExitCode);
        Assert.Equal(ExitCodes.MigrationPartWay, (await Bench.FailAsync()).ExitCode);

        Assert.Equal(["1"], await Bench.QueryAsync("SELECT count(*) FROM t"));
    }

    [Theory]
    [InlineData("CALL missing();", "CALL fill();")]
    [InlineData("CALL fill(;", "CALL fill();")]
    [InlineData("DO $$ BEGIN INSERT INTO; END $$;", "DO $$ BEGIN INSERT INTO t VALUES (1); END $$;")]
    public async Task What_the_server_refused_before_it_began_may_be_corrected_and_runs(string wrong, string right)
    {
        await Database.ExecuteAsync("CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t VALUES (1); END $$", Token);
        Bench.Write("1_a.sql", Head + wrong);
        var failure = await Bench.FailAsync();
        Assert.Equal(ExitCodes.MigrationRolledBack, failure.ExitCode);
        Assert.EndsWith("\nRolled back: database as before.", failure.Message, StringComparison.Ordinal);

        Bench.Write("1_a.sql", Head + right);
        await Bench.RunAsync();

        Assert.Equal(["1"], await Bench.QueryAsync("SELECT count(*) FROM t"));
    }

    [Theory]
    [InlineData("ALTER SUBSCRIPTION missing REFRESH PUBLICATION", "42704")]
    [InlineData("REINDEX TABLE parts", null)]
    public async Task A_command_that_only_the_server_knows_to_need_no_transaction_runs_without_one(string statement, string? sqlState)
    {
        await Database.ExecuteAsync(
            "CREATE TABLE parts (id integer PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE part PARTITION OF parts FOR VALUES FROM "
                + "(1) TO (9)", Token);
        Bench.Write("1_a.sql", Head + statement + ";");

        var failure = await Record.ExceptionAsync(() => Bench.RunAsync());

        Assert.Equal(sqlState, (failure as Belay.History.MigrationException)?.SqlState);
    }
}
