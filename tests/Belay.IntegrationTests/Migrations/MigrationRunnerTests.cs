using Belay.IntegrationTests.Support;
using Belay.Layouts;

namespace Belay.IntegrationTests.Migrations;

public sealed class MigrationRunnerTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private const string UserTable =
        """CREATE TABLE "user" (id integer PRIMARY KEY, username varchar(80) UNIQUE NOT NULL, password_hash varchar(200))""";

    private static readonly string[] GuideNotices =
    [
        "NOTICE:  Added column: clear_previous_anomalies",
        "NOTICE:  Added column: show_clear_warning",
        "NOTICE:  Added column: max_reports",
        "NOTICE:  Added column: max_templates",
        "NOTICE:  ================================================",
        "NOTICE:  Migration verification: 4 out of 4 columns exist",
        "NOTICE:  ================================================",
        "NOTICE:  SUCCESS: All 4 columns have been added successfully!",
    ];

    [Fact]
    public async Task Applies_the_guide_s_migration_with_its_notices_and_its_history_row()
    {
        await Database.ExecuteAsync($"{UserTable}; INSERT INTO \"user\" SELECT i, 'user' || i FROM generate_series(1, 15) i", Token);
        Bench.WriteGuide();

        var outcome = await Bench.RunAsync();

        var file = Assert.Single(MigrationFolder.Read(Bench.Settings.Folder));
        var applied = Assert.Single(outcome.Applied);
        Assert.Equal(GuideNotices, Bench.Output.Lines.SkipLast(1));
        Assert.Matches(@"^0001_add_user_analysis_preferences\.sql applied in [0-9.]+ s$", Bench.Output.Lines[^1]);
        Assert.Equal((0, "20251012T103000Z-aa"), (outcome.AlreadyApplied, outcome.BackupId));
        Assert.Equal(
            (1L, "add_user_analysis_preferences", file.Sha256, "postgres"),
            (applied.Version, applied.Name, applied.Sha256, applied.AppliedBy));
        Assert.Equal(
            [$"1|add_user_analysis_preferences|{file.Sha256}|postgres|20251012T103000Z-aa|"],
            await Bench.QueryAsync(
                "SELECT concat_ws('|', version, name, sha256, applied_by, backup_id, '') FROM belay.migration WHERE remark IS NULL AND "
                    + "duration_ms >= 0"));
        Assert.Equal([file.Text], await Bench.QueryAsync("SELECT script FROM belay.migration"));
        Assert.Equal(
            ["15"],
            await Bench.QueryAsync(
                "SELECT count(*) FROM \"user\" WHERE clear_previous_anomalies AND show_clear_warning AND max_reports = 5 AND "
                    + "max_templates = 5"));
    }

    [Fact]
    public async Task Finds_nothing_pending_in_a_second_run()
    {
        await Database.ExecuteAsync(UserTable, Token);
        Bench.WriteGuide();
        await Bench.RunAsync();

        var outcome = await Bench.RunAsync();

        Assert.Empty(outcome.Applied);
        Assert.Equal((1, (string?)null), (outcome.AlreadyApplied, outcome.BackupId));
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Leaves_the_database_as_before_when_a_statement_fails_and_shows_where()
    {
        var path = Bench.Write("0001_orders.sql", """
            BEGIN;
            CREATE TABLE orders (id integer PRIMARY KEY);
            INSERT INTO orders VALUES (1);
            /* ä */ ALTER TABLE orders
                ADD COLUMN note text, DROP COLUMN prize;
            COMMIT;
            """);

        var failure = await Bench.FailAsync();

        Assert.Equal(
            $"{path}:4:9: ERROR: column \"prize\" of relation \"orders\" does not exist (SQLSTATE 42703)\n"
            + "  /* ä */ ALTER TABLE orders\n"
            + "          ^\n"
            + "Rolled back: database as before.",
            failure.Message);
        Assert.Equal((ExitCodes.MigrationRolledBack, "42703"), (failure.ExitCode, failure.SqlState));
        Assert.Equal("correct 0001_orders.sql or the database, then ./build.sh Migrate", failure.Hint);
        Assert.Empty(await Bench.TablesAsync());
    }

    [Fact]
    public async Task Points_at_the_character_that_the_server_names()
    {
        var path = Bench.Write("0001_orders.sql", """
            CREATE TABLE orders (id integer);
            SELECT 'ä𝄞',
            	amount FROM orders;
            """);

        var failure = await Bench.FailAsync();

        Assert.Equal(
            $"{path}:3:2: ERROR: column \"amount\" does not exist (SQLSTATE 42703)\n  \tamount FROM orders;\n  \t^\nRolled back: database "
                + "as before.",
            failure.Message);
        Assert.Empty(await Bench.TablesAsync());
    }

    [Fact]
    public async Task Points_at_the_line_inside_a_block_that_fails()
    {
        var path = Bench.Write("0001_block.sql", """
            CREATE TABLE orders (id integer);
            DO $$
            BEGIN
                PERFORM 1;
                RAISE EXCEPTION 'only % of 4 columns', 3 USING HINT = 'look at the log';
            END
            $$;
            """);

        var failure = await Bench.FailAsync();

        Assert.Equal(
            $"{path}:5:5: ERROR: only 3 of 4 columns (SQLSTATE P0001)\n"
            + "      RAISE EXCEPTION 'only % of 4 columns', 3 USING HINT = 'look at the log';\n"
            + "      ^\n"
            + "HINT: look at the log\n"
            + "CONTEXT: PL/pgSQL function inline_code_block line 4 at RAISE\n"
            + "Rolled back: database as before.",
            failure.Message);
        Assert.Empty(await Bench.TablesAsync());
    }

    [Fact]
    public async Task Rolls_back_what_only_COMMIT_refuses()
    {
        var path = Bench.Write("0001_deferred.sql", """
            CREATE TABLE parent (id integer PRIMARY KEY);
            CREATE TABLE child (parent integer CONSTRAINT child_of REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
            INSERT INTO child VALUES (7);
            """);

        var failure = await Bench.FailAsync();

        Assert.Equal(
            $"{path}: ERROR: insert or update on table \"child\" violates foreign key constraint \"child_of\" (SQLSTATE 23503)\n"
            + "DETAIL: Key (parent)=(7) is not present in table \"parent\".\n"
            + "Rolled back: database as before.",
            failure.Message);
        Assert.Equal(ExitCodes.MigrationRolledBack, failure.ExitCode);
        Assert.Empty(await Bench.TablesAsync());
    }

    [Fact]
    public async Task Rolls_back_when_a_check_fails_before_COMMIT()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer); INSERT INTO orders VALUES (1), (2);");
        Bench.Write("0001_orders.verify.sql", """
            -- check: orders are there
            -- expect:
            --   1
            --   3
            SELECT id FROM orders ORDER BY id;
            """);

        var failure = await Bench.FailAsync();

        Assert.Equal(
            "0001_orders.sql ran, but its checks failed:\n"
            + "FAILED orders are there (0001_orders.verify.sql:5)\n"
            + "  row 2, id: expected 3, got 2\n"
            + "+----+\n| id |\n|----|\n| 1  |\n| 2  |\n+----+\n"
            + "\n"
            + "VERIFICATION FAILED: 1 of 1 check\n"
            + "Rolled back: database as before.",
            failure.Message);
        Assert.Equal(ExitCodes.MigrationRolledBack, failure.ExitCode);
        Assert.Equal("correct 0001_orders.sql or 0001_orders.verify.sql, then ./build.sh Migrate", failure.Hint);
        Assert.Empty(await Bench.TablesAsync());
    }

    [Fact]
    public async Task Keeps_the_earlier_migrations_when_a_later_one_fails_and_says_so()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);");
        Bench.Write("0002_items.sql", "BEGIN; CREATE TABLE items (id integer); COMMIT;");
        var path = Bench.Write("0003_broken.sql", "CREATE TABLE broken (id integer);\nSELECT 1/0;");

        var failure = await Bench.FailAsync();

        Assert.Equal(
            $"{path}:2:1: ERROR: division by zero (SQLSTATE 22012)\n  SELECT 1/0;\n  ^\nRolled back: database as before.\n"
            + "Applied by this run before it, and still applied: 1 orders, 2 items.",
            failure.Message);
        Assert.Equal(["belay.migration", "belay.statement", "public.items", "public.orders"], await Bench.TablesAsync());
        Assert.Equal(["1", "2"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Goes_on_after_the_migration_that_failed_once_it_is_corrected()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);");
        Bench.Write("0002_items.sql", "CREATE TABLE items (id integer); SELECT 1/0;");
        await Bench.FailAsync();
        Bench.Write("0002_items.sql", "CREATE TABLE items (id integer);");

        var outcome = await Bench.RunAsync();

        Assert.Equal((1, 2L), (outcome.AlreadyApplied, Assert.Single(outcome.Applied).Version));
        Assert.Equal(["1", "2"], await Bench.AppliedAsync());
    }
}
