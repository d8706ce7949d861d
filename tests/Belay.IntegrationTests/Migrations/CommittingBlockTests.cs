using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Migrations;

/// <summary>CALL and DO outside a transaction, which may have committed a part of their work before they failed.</summary>
public sealed class CommittingBlockTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Head = "-- belay: no-transaction\n";

    private const string Loop = "DO $$ BEGIN\nFOR i IN 1..3 LOOP INSERT INTO t VALUES (i); COMMIT; END LOOP;\nRAISE 'broken';\nEND $$;";

    private const string Hint =
        "look at the database; then either DELETE FROM belay.statement WHERE version = 1 AND position = 1 to run it again, "
        + "or UPDATE belay.statement SET sqlstate = '00000' WHERE version = 1 AND position = 1 to go on after it; then ./build.sh Migrate";

    private TestDatabase database = null!;
    private MigrationBench bench = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync(Token);
        bench = new MigrationBench(database.Target);
        await database.ExecuteAsync("CREATE TABLE t (id integer)", Token);
    }

    public async ValueTask DisposeAsync()
    {
        bench.Dispose();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_block_that_failed_after_its_own_COMMIT_says_that_it_may_have_committed_and_names_both_ways_on()
    {
        var path = bench.Write("1_a.sql", Head + Loop);

        var failure = await bench.FailAsync();

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
        var path = bench.Write("1_a.sql", Head + Loop);
        await bench.FailAsync();

        var failure = await bench.FailAsync();

        Assert.Equal(ExitCodes.MigrationPartWay, failure.ExitCode);
        Assert.Equal(
            $"{path} stopped part-way before, and cannot go on: statement 1 (DO) failed in an earlier run with SQLSTATE P0001, and may "
                + "have committed a part of its work. "
            + "Nothing was changed by this run.",
            failure.Message);
        Assert.Equal(Hint, failure.Hint);
        Assert.Equal(["3"], await bench.QueryAsync("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task A_corrected_block_is_not_run_either_before_somebody_has_looked_and_then_runs()
    {
        bench.Write("1_a.sql", Head + Loop);
        await bench.FailAsync();
        bench.Write("1_a.sql", Head + Loop.Replace("RAISE 'broken'", "RAISE NOTICE 'whole'", StringComparison.Ordinal));
        await bench.FailAsync();
        Assert.Equal(["3"], await bench.QueryAsync("SELECT count(*) FROM t"));

        await database.ExecuteAsync("TRUNCATE t; DELETE FROM belay.statement WHERE version = 1 AND position = 1", Token);
        await bench.RunAsync();

        Assert.Equal(["3"], await bench.QueryAsync("SELECT count(*) FROM t"));
        Assert.Equal(["1"], await bench.AppliedAsync());
    }

    [Theory]
    [InlineData("PERFORM missing_function()")]
    [InlineData("PERFORM pg_sleep(60)")]
    [InlineData("SET LOCAL lock_timeout = 50; LOCK held")]
    public async Task Whatever_ended_a_procedure_it_is_called_once(string end)
    {
        await database.ExecuteAsync(
            $"CREATE TABLE held (); CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t VALUES (1); COMMIT; {end}; END $$",
            Token);
        await using var holder = await database.HoldAsync("LOCK held", Token);
        bench.Settings = bench.Settings with { StatementTimeout = TimeSpan.FromSeconds(1) };
        bench.Write("1_a.sql", Head + "CALL fill();");

        Assert.Equal(ExitCodes.MigrationPartWay, (await bench.FailAsync()).ExitCode);
        Assert.Equal(ExitCodes.MigrationPartWay, (await bench.FailAsync()).ExitCode);

        Assert.Equal(["1"], await bench.QueryAsync("SELECT count(*) FROM t"));
    }

    [Theory]
    [InlineData("CALL missing();", "CALL fill();")]
    [InlineData("CALL fill(;", "CALL fill();")]
    [InlineData("DO $$ BEGIN INSERT INTO; END $$;", "DO $$ BEGIN INSERT INTO t VALUES (1); END $$;")]
    public async Task What_the_server_refused_before_it_began_may_be_corrected_and_runs(string wrong, string right)
    {
        await database.ExecuteAsync("CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t VALUES (1); END $$", Token);
        bench.Write("1_a.sql", Head + wrong);
        var failure = await bench.FailAsync();
        Assert.Equal(ExitCodes.MigrationRolledBack, failure.ExitCode);
        Assert.EndsWith("\nRolled back: database as before.", failure.Message, StringComparison.Ordinal);

        bench.Write("1_a.sql", Head + right);
        await bench.RunAsync();

        Assert.Equal(["1"], await bench.QueryAsync("SELECT count(*) FROM t"));
    }

    [Theory]
    [InlineData("ALTER SUBSCRIPTION missing REFRESH PUBLICATION", "42704")]
    [InlineData("REINDEX TABLE parts", null)]
    public async Task A_command_that_only_the_server_knows_to_need_no_transaction_runs_without_one(string statement, string? sqlState)
    {
        await database.ExecuteAsync(
            "CREATE TABLE parts (id integer PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE part PARTITION OF parts FOR VALUES FROM "
                + "(1) TO (9)", Token);
        bench.Write("1_a.sql", Head + statement + ";");

        var failure = await Record.ExceptionAsync(() => bench.RunAsync());

        Assert.Equal(sqlState, (failure as Belay.History.MigrationException)?.SqlState);
    }
}
