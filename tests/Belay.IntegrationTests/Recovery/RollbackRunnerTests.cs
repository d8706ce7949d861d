using Belay.IntegrationTests.Migrations;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Postgres;
using Belay.Recovery;

namespace Belay.IntegrationTests.Recovery;

public sealed partial class RollbackRunnerTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private RollbackRunner Runner => new(Database.Connector, Bench.Settings, Bench.Output, TimeProvider.System);

    protected override Task PrepareAsync()
        => Database.ExecuteAsync("CREATE TABLE t (id integer PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 5)", Token);

    [Fact]
    public async Task Counts_values_of_their_own_in_each_column_and_takes_no_number_from_a_sequence()
    {
        Bench.Write("1_a.sql", "ALTER TABLE t ADD a integer NOT NULL DEFAULT 5, ADD \"B\" text, ADD c serial;");
        Bench.Write(
            "1_a.rollback.sql", "BEGIN;\nALTER TABLE t DROP COLUMN a, DROP COLUMN \"B\", DROP c, DROP COLUMN IF EXISTS d;\nCOMMIT;");
        await Bench.RunAsync();
        await Database.ExecuteAsync("UPDATE t SET a = 6 WHERE id < 3; UPDATE t SET \"B\" = 'x' WHERE id = 1", Token);

        var preview = await Bench.PreviewRollbackAsync();

        Assert.Equal(
            [
                "  t.a: 2 of 5 rows with another value than the default",
                "  t.\"B\": 1 of 5 rows with another value than the default",
                "  t.c: not counted",
                "  t.d: not counted",
            ],
            preview.Lines.Skip(3));
        Assert.Equal(("0001_a", Database.Target.Database), (preview.Name, preview.Database));
        Assert.Equal(["5"], await Bench.QueryAsync("SELECT last_value FROM t_c_seq"));
    }

    [Fact]
    public async Task Counts_the_rows_of_tables_that_would_go_and_says_what_nobody_can_count()
    {
        await Database.ExecuteAsync(
            "CREATE SCHEMA app; CREATE TABLE app.a AS SELECT generate_series(1, 3) i; CREATE TABLE app.\"B b\" (i integer); CREATE "
                + "TABLE parts (i integer) PARTITION BY LIST (i); CREATE TABLE part PARTITION OF parts DEFAULT; INSERT INTO parts "
                + "VALUES (1), (2)",
            Token);
        Bench.Write("1_a.sql", "SELECT 1;");
        Bench.Write(
            "1_a.rollback.sql",
            "DROP TABLE IF EXISTS t, public.parts CASCADE;\nTRUNCATE ONLY t;\nSET search_path = app;\nDROP TABLE a;\nDROP TABLE "
                + "missing;\nDROP SCHEMA app CASCADE;\nDO $$ BEGIN END $$;\nDELETE FROM public.t;\n"
                + "ALTER TABLE public.t ALTER id TYPE smallint USING 0;");
        await Bench.RunAsync();

        Assert.Equal(
            [
                "  t: 5 rows", "  public.parts: 2 rows", "  t: 5 rows", "  a: 3 rows", "  missing: not counted (there is no such table)",
                "  app.\"B b\": 0 rows", "  app.a: 3 rows",
                "  line 7: DO: not counted (nobody can tell before it runs)", "  line 8: DELETE FROM: not counted (nobody can tell "
                    + "before it runs)",
                "  line 9: ALTER TABLE: not counted (nobody can tell before it runs)",
            ],
            (await Bench.PreviewRollbackAsync()).Lines.Skip(3));
    }

    [Fact]
    public async Task Finds_a_column_in_capitals_where_a_small_I_has_no_dot()
    {
        await using var database = await TestDatabase.CreateAsync(
            Postgres.Server,
            $"{Database.Target.Database}_tr",
            Token,
            "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'tr' LC_COLLATE 'C' LC_CTYPE 'C'");
        await database.ExecuteAsync("CREATE TABLE t AS SELECT 1 AS id", Token);
        using var bench = new MigrationBench(database.Target);
        bench.Write("1_a.sql", "ALTER TABLE t ADD INFO integer;");
        bench.Write("1_a.rollback.sql", "ALTER TABLE T DROP COLUMN INFO;");
        await bench.RunAsync();

        var preview = await bench.PreviewRollbackAsync();

        Assert.Equal(["  T.INFO: 0 of 1 row with another value than the default"], preview.Lines.Skip(3));
    }

    [Fact]
    public async Task Counts_no_rows_of_a_table_that_may_hide_some_from_the_role()
    {
        Bench.Write("1_a.sql", "ALTER TABLE t ADD a integer;");
        Bench.Write("1_a.rollback.sql", "ALTER TABLE t DROP COLUMN a;\nDROP TABLE t;");
        await Bench.RunAsync();
        var role = await Database.CreateRoleAsync(Token);
        await Database.ExecuteAsync(
            $"ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; ALTER TABLE t OWNER TO {role.Username}; "
                + $"GRANT CREATE ON SCHEMA public TO {role.Username}; GRANT USAGE ON SCHEMA belay TO {role.Username}; "
                + $"GRANT ALL ON ALL TABLES IN SCHEMA belay TO {role.Username}",
            Token);

        var preview = await new MigrationBench(role, Bench.Settings).PreviewRollbackAsync();

        Assert.Equal(
            ["  t.a: not counted", "  t: not counted (query would be affected by row-level security policy for table \"t\")"],
            preview.Lines.Skip(3));
    }

    [Fact]
    public async Task Rolls_back_a_script_that_changes_the_history_itself()
    {
        Bench.Write("1_a.sql", "ALTER TABLE t ADD a integer;");
        var path = Bench.Write("1_a.rollback.sql", "ALTER TABLE t DROP a; DROP SCHEMA belay CASCADE;");
        await Bench.RunAsync();

        var failure = await Assert.ThrowsAsync<RecoveryException>(RunAsync);

        Assert.Equal(
            $"{path} changed Belay's own tables: belay.migration is gone; belay.statement is gone.\nRolled back: database as before "
                + "the rollback.",
            failure.Message);
        Assert.Equal(["1"], await Bench.AppliedAsync());
        Assert.Equal(["a", "id"], await ColumnsAsync());
    }

    [Fact]
    public async Task Runs_the_script_and_takes_the_history_row_away_so_that_the_migration_is_pending_again()
    {
        WriteSimple();
        await Bench.RunAsync();

        await RunAsync();

        Assert.Empty(await Bench.AppliedAsync());
        Assert.Equal(["id"], await ColumnsAsync());
        await Bench.RunAsync();
        Assert.Equal(["1"], await Bench.AppliedAsync());
        Assert.Equal(["a", "id"], await ColumnsAsync());
    }

    [Fact]
    public async Task Takes_the_journal_of_a_migration_without_transaction_away_so_that_it_runs_whole_again()
    {
        Bench.Write("1_a.sql", "-- belay: no-transaction\nALTER TABLE t ADD a integer;\nCREATE INDEX CONCURRENTLY t_a ON t (a);");
        Bench.Write("1_a.rollback.sql", "ALTER TABLE t DROP COLUMN a;");
        await Bench.RunAsync();

        await RunAsync();

        Assert.Equal(["0"], await Bench.QueryAsync("SELECT count(*) FROM belay.statement"));
        await Bench.RunAsync();
        Assert.Equal(["a", "id"], await ColumnsAsync());
    }

    [Fact]
    public async Task Rolls_a_failing_script_back_and_names_its_place()
    {
        WriteSimple();
        var path = Bench.Write("1_a.rollback.sql", "BEGIN;\nALTER TABLE t DROP COLUMN a;\nSELECT missing FROM t;\nCOMMIT;");
        await Bench.RunAsync();

        var exception = await Assert.ThrowsAsync<RecoveryException>(RunAsync);

        Assert.Equal(ExitCodes.RecoveryFailed, exception.ExitCode);
        Assert.Equal(
            $"{path}:3:8: ERROR: column \"missing\" does not exist (SQLSTATE 42703)\n  SELECT missing FROM t;\n         ^\nRolled "
                + "back: database as before the rollback.",
            exception.Message);
        Assert.Equal(
            $"correct 1_a.rollback.sql or the database, then ./build.sh Rollback --confirm {Database.Target.Database}", exception.Hint);
        Assert.Equal(["a", "id"], await ColumnsAsync());
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Theory]
    [InlineData("1_a.rollback.sql", "DROP INDEX CONCURRENTLY t_a;")]
    [InlineData("1_a.rollback.sql", "-- belay: no-transaction\nDROP INDEX CONCURRENTLY t_a;\nALTER TABLE t DROP COLUMN a;")]
    public async Task Runs_a_script_outside_a_transaction_with_a_journal(string file, string script)
    {
        Bench.Write("1_a.sql", "-- belay: no-transaction\nALTER TABLE t ADD a integer;\nCREATE INDEX CONCURRENTLY t_a ON t (a);");
        Bench.Write(file, script);
        await Bench.RunAsync();

        await RunAsync();

        Assert.Empty(await Bench.AppliedAsync());
        Assert.Equal(
            ["0"],
            await Bench.QueryAsync("SELECT (SELECT count(*) FROM belay.statement) + (SELECT count(*) FROM belay.rollback_statement)"));
        Assert.Equal(["NULL"], await Bench.QueryAsync("SELECT to_regclass('t_a')"));
    }

    [Theory]
    [InlineData("1_a.up.sql", "CREATE INDEX CONCURRENTLY t_a ON t (id);", "1_a.down.sql", "DROP INDEX CONCURRENTLY t_a;")]
    [InlineData(
        "1_a.sql",
        "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY t_a ON t (id);\n-- +goose Down\nDROP INDEX CONCURRENTLY "
            + "t_a;\nSELECT 1;\n",
        null,
        "")]
    [InlineData(
        "1_a.sql",
        "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY t_a ON t (id);\n-- migrate:down transaction:false\nDROP INDEX "
            + "CONCURRENTLY t_a;\nSELECT 1;\n",
        null,
        "")]
    public async Task Runs_the_way_down_of_another_tool_s_file_outside_a_transaction_where_that_tool_does(
        string file, string text, string? down, string script)
    {
        Bench.Write(file, text);
        if (down is not null)
        {
            Bench.Write(down, script);
        }

        await Bench.RunAsync();
        await RunAsync();

        Assert.Empty(await Bench.AppliedAsync());
        Assert.Equal(["NULL"], await Bench.QueryAsync("SELECT to_regclass('t_a')"));
    }

    [Fact]
    public async Task Says_which_statements_of_a_script_outside_a_transaction_ran_stops_releases_and_goes_on()
    {
        Bench.Write("1_a.sql", "ALTER TABLE t ADD a integer;");
        var path = Bench.Write("1_a.rollback.sql", "-- belay: no-transaction\nALTER TABLE t DROP COLUMN a;\nSELECT missing FROM t;");
        await Bench.RunAsync();

        var failure = await Assert.ThrowsAsync<RecoveryException>(RunAsync);

        Assert.Equal(ExitCodes.RecoveryFailed, failure.ExitCode);
        Assert.Equal(
            $"{path}:3:8: ERROR: column \"missing\" does not exist (SQLSTATE 42703)\n  SELECT missing FROM t;\n         ^\n"
            + "Stopped part-way, outside a transaction: 1 of 2 statements ran.\n  line 2: ALTER TABLE ran\n  line 3: SELECT MISSING failed",
            failure.Message);
        Assert.Equal(
            $"correct 1_a.rollback.sql or the database, then ./build.sh Rollback --confirm {Database.Target.Database} goes on with "
                + "it; or ./build.sh Restore --backup 20251012T103000Z-aa --dry-run shows what going back to the backup would lose",
            failure.Hint);
        Assert.Equal(["1"], await Bench.AppliedAsync());
        Assert.Contains(
            "The rollback of migration 1 stopped part-way outside a transaction: 1 statement ran; ",
            (await Bench.FailAsync()).Message,
            StringComparison.Ordinal);

        Bench.Write("1_a.rollback.sql", "-- belay: no-transaction\nALTER TABLE t DROP COLUMN a;\nSELECT id FROM t;");
        await RunAsync();
        Assert.Empty(await Bench.AppliedAsync());
        Assert.Equal(["id"], await ColumnsAsync());
    }

    private void WriteSimple()
    {
        Bench.Write("1_a.sql", "ALTER TABLE t ADD a integer NOT NULL DEFAULT 5;");
        Bench.Write("1_a.rollback.sql", "BEGIN;\nALTER TABLE t DROP COLUMN a;\nCOMMIT;");
    }

    private async Task RunAsync() => await Runner.RunAsync(await Bench.ProveAsync(), await Bench.PreviewRollbackAsync(), Token);

    private Task<IReadOnlyList<string>> ColumnsAsync()
        => Bench.QueryAsync("SELECT column_name FROM information_schema.columns WHERE table_name = 't' ORDER BY 1");
}
