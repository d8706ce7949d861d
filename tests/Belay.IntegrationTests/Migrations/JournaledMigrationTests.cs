using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Migrations;

public sealed class JournaledMigrationTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private const string Head = "-- belay: no-transaction\n";

    private const string Index =
        "SELECT format('%s %s', indexrelid::regclass, indisvalid) FROM pg_index WHERE indexrelid::regclass::text IN ('t_a', "
            + "'another.t_a') ORDER BY 1";

    protected override async Task PrepareAsync()
    {
        await Database.ExecuteAsync(
            "CREATE TABLE t (id integer PRIMARY KEY, a integer); INSERT INTO t SELECT i, i / 2 FROM generate_series(1, 5) i", Token);
    }

    [Fact]
    public async Task Builds_an_index_concurrently_and_journals_each_statement()
    {
        Bench.Write("1_a.sql", Head + "CREATE INDEX CONCURRENTLY t_a ON t (a);\nCOMMENT ON TABLE t IS 'x';");

        await Bench.RunAsync();

        Assert.Equal(["t_a t"], await Bench.QueryAsync(Index));
        Assert.Equal(
            ["1 CREATE INDEX CONCURRENTLY 00000 t", "2 COMMENT ON 00000 t"],
            await Bench.QueryAsync(
                "SELECT format('%s %s %s %s', position, first_words, sqlstate, ended_at >= started_at) FROM belay.statement ORDER BY "
                    + "position"));
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Runs_VACUUM_and_uses_a_new_enum_value_at_once()
    {
        await Database.ExecuteAsync("CREATE TYPE mood AS ENUM ('calm'); CREATE TABLE moods (m mood)", Token);
        Bench.Write(
            "1_a.sql",
            Head + "ALTER TYPE mood ADD VALUE 'wild';\nINSERT INTO moods VALUES ('wild');\nVACUUM t;\nCOPY t FROM stdin;\n6\t6\n\\.\n");

        await Bench.RunAsync();

        Assert.Equal(["wild"], await Bench.QueryAsync("SELECT m FROM moods"));
        Assert.Equal(["6"], await Bench.QueryAsync("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task Names_what_ran_what_did_not_and_the_next_commands_and_then_goes_on_after_it()
    {
        var path = Bench.Write("1_a.sql", Head + "INSERT INTO t VALUES (6, 6);\nSELECT missing FROM t;\nVACUUM t;");

        var exception = await Bench.FailAsync();

        Assert.Equal(ExitCodes.MigrationPartWay, exception.ExitCode);
        Assert.Equal(
            $"{path}:3:8: ERROR: column \"missing\" does not exist (SQLSTATE 42703)\n  SELECT missing FROM t;\n         ^\n"
            + "Stopped part-way, outside a transaction: 1 of 3 statements ran.\n  line 2: INSERT INTO ran\n  line 3: SELECT MISSING "
            + "failed\n  line 4: VACUUM did not run",
            exception.Message);
        Assert.Equal(
            "correct 1_a.sql or the database, then ./build.sh Migrate goes on with it; or "
                + "./build.sh Restore --backup 20251012T103000Z-aa --dry-run shows what going back to the backup would lose",
            exception.Hint);
        Assert.Empty(await Bench.AppliedAsync());

        Bench.Write("1_a.sql", Head + "INSERT INTO t VALUES (6, 6);\nSELECT a FROM t;\nVACUUM t;");
        await Bench.RunAsync();
        Assert.Contains("1_a.sql: 1 of 3 statements ran before; journal and catalogue agree", Bench.Output.Lines);
        Assert.Equal(["6"], await Bench.QueryAsync("SELECT count(*) FROM t"));
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Says_rolled_back_when_the_first_statement_fails_inside_its_transaction()
    {
        Bench.Write("1_a.sql", Head + "SELECT missing FROM t;\nVACUUM t;");
        var exception = await Bench.FailAsync();
        Assert.Equal(ExitCodes.MigrationRolledBack, exception.ExitCode);
        Assert.EndsWith("\nRolled back: database as before.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_to_go_on_when_a_statement_that_ran_was_changed()
    {
        var path = Bench.Write("1_a.sql", Head + "INSERT INTO t VALUES (6, 6);\nSELECT missing FROM t;");
        await Bench.FailAsync();
        Bench.Write("1_a.sql", Head + "INSERT INTO t VALUES (7, 7);\nSELECT a FROM t;");

        var exception = await Bench.FailAsync();

        Assert.Equal(ExitCodes.MigrationPartWay, exception.ExitCode);
        Assert.Equal(
            $"{path} stopped part-way before, and cannot go on: statement 1 ran in an earlier run and was changed or moved since. Nothing "
                + "was changed by this run.", exception.Message);
        Assert.Equal("put the statements that ran back as they were; only the failed one and those after it may change", exception.Hint);
        Assert.Equal(["6"], await Bench.QueryAsync("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task Drops_the_invalid_index_that_a_failed_build_left()
    {
        Bench.Write("1_a.sql", Head + "CREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a);");

        var exception = await Bench.FailAsync();

        Assert.Equal((ExitCodes.MigrationPartWay, "23505"), (exception.ExitCode, exception.SqlState));
        Assert.Contains("Dropped the invalid index public.t_a, which a failed attempt had left", Bench.Output.Lines);
        Assert.Empty(await Bench.QueryAsync(Index));

        await Database.ExecuteAsync("UPDATE t SET a = id", Token);
        await Bench.RunAsync();
        Assert.Equal(["t_a t"], await Bench.QueryAsync(Index));
    }

    [Fact]
    public async Task Does_not_take_an_invalid_index_for_the_one_that_IF_NOT_EXISTS_asks_for()
    {
        await LeaveInvalidIndexAsync("public");
        await Database.ExecuteAsync("UPDATE t SET a = id", Token);
        Bench.Write("1_a.sql", Head + "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_a ON t (a);");

        await Bench.RunAsync();

        Assert.Contains("Dropped the invalid index public.t_a, which a failed attempt had left", Bench.Output.Lines);
        Assert.Equal(["t_a t"], await Bench.QueryAsync(Index));
    }

    [Fact]
    public async Task Leaves_an_invalid_index_of_the_same_name_in_another_schema_alone()
    {
        await Database.ExecuteAsync("CREATE SCHEMA another; CREATE TABLE another.t AS SELECT * FROM t", Token);
        await LeaveInvalidIndexAsync("another");
        await LeaveInvalidIndexAsync("public");
        await Database.ExecuteAsync("UPDATE public.t SET a = id", Token);
        Bench.Write("1_a.sql", Head + "CREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a);");

        await Bench.RunAsync();

        Assert.Equal(["another.t_a f", "t_a t"], await Bench.QueryAsync(Index));
    }

    private async Task LeaveInvalidIndexAsync(string schema)
        => await Assert.ThrowsAsync<Npgsql.PostgresException>(
            () => Database.ExecuteAsync($"CREATE UNIQUE INDEX CONCURRENTLY t_a ON {schema}.t (a)", Token));
}
