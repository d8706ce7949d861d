using Belay.History;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Belay.Migrations.DryRuns;
using Belay.Sql;

namespace Belay.IntegrationTests.Migrations.DryRuns;

public sealed class DryRunnerTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private const string Announcement =
        "Dry run: one transaction, rolled back at its end. Until then it holds the locks that the migrations take. nextval is not rolled "
            + "back.";

    [Fact]
    public async Task Runs_files_in_order_with_their_checks_and_keeps_nothing()
    {
        Bench.Write("0001_orders.sql", "BEGIN; CREATE TABLE orders (id serial); INSERT INTO orders DEFAULT VALUES; COMMIT;");
        Bench.Write("0001_orders.verify.sql", "-- check: one order\n-- expect:\n--   1\nSELECT count(*) FROM orders;");
        Bench.Write("0002_items.sql", "ALTER TABLE orders ADD note text; SET search_path = pg_catalog; SET ROLE pg_monitor;");
        Bench.Write("0003_notes.sql", "CREATE TABLE notes AS SELECT note FROM orders;");

        var outcome = await RunAsync();

        Assert.Equal(["0001_orders.sql", "0002_items.sql", "0003_notes.sql"], outcome.Passed);
        Assert.Equal("3 would pass, 0 planned, 0 not tried", outcome.Summary);
        Assert.Equal(Announcement, Bench.Output.Lines[0]);
        Assert.Matches(@"^0001_orders\.sql would pass \([0-9.]+ s, 1 check\)$", Bench.Output.Lines[1]);
        Assert.Equal("Rolled back: database as before. 3 would pass, 0 planned, 0 not tried", Bench.Output.Lines[^1]);
        Assert.Empty(await Bench.TablesAsync());
    }

    [Fact]
    public async Task Fails_as_the_release_would_with_the_statement()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);");
        var path = Bench.Write("0002_broken.sql", "CREATE TABLE broken (id integer);\nSELECT 1/0;");

        var failure = await Assert.ThrowsAsync<MigrationException>(() => RunAsync());

        Assert.Equal(
            $"{path}:2:1: ERROR: division by zero (SQLSTATE 22012)\n  SELECT 1/0;\n  ^\nDry run: rolled back, database as before.",
            failure.Message);
        Assert.Equal(
            (ExitCodes.MigrationRolledBack, "correct 0002_broken.sql or the database, then ./build.sh Migrate --dry-run"),
            (failure.ExitCode, failure.Hint));
        Assert.Empty(await Bench.TablesAsync());
    }

    [Fact]
    public async Task Begins_each_file_without_prepared_statements_and_temporary_functions_of_the_one_before()
    {
        const string script = """
            PREPARE one AS SELECT 1;
            CREATE FUNCTION pg_temp.one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
            """;
        Bench.Write("0001_one.sql", script);
        Bench.Write("0002_one.sql", script);

        Assert.Equal(["0001_one.sql", "0002_one.sql"], (await RunAsync()).Passed);
    }

    [Fact]
    public async Task Fails_for_a_value_of_a_sequence_that_only_an_earlier_file_drew()
    {
        Bench.Write("0001_first.sql", "CREATE SEQUENCE numbers; SELECT nextval('numbers');");
        Bench.Write("0002_after.sql", "CREATE TABLE after_it AS SELECT currval('numbers');");

        Assert.Equal("55000", (await Assert.ThrowsAsync<MigrationException>(() => RunAsync())).SqlState);
    }

    [Fact]
    public async Task Fails_when_a_check_would_fail()
    {
        Bench.Write("0001_orders.sql", "CREATE TABLE orders (id integer);");
        Bench.Write("0001_orders.verify.sql", "-- check: one order\n-- expect:\n--   1\nSELECT count(*) FROM orders;");

        var failure = await Assert.ThrowsAsync<MigrationException>(() => RunAsync());

        Assert.StartsWith(
            "0001_orders.sql would run, but its checks fail:\nFAILED one order (0001_orders.verify.sql:4)\n",
            failure.Message,
            StringComparison.Ordinal);
        Assert.EndsWith("\nDry run: rolled back, database as before.", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await Bench.TablesAsync());
    }

    [Fact]
    public async Task Checks_at_the_end_of_each_file_what_COMMIT_would_check()
    {
        var path = Bench.Write("0001_deferred.sql", """
            CREATE TABLE parent (id integer PRIMARY KEY);
            CREATE TABLE child (parent integer CONSTRAINT child_of REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
            INSERT INTO child VALUES (7);
            """);

        var failure = await Assert.ThrowsAsync<MigrationException>(() => RunAsync());

        Assert.StartsWith(
            $"{path}: ERROR: insert or update on table \"child\" violates foreign key constraint \"child_of\" (SQLSTATE 23503)",
            failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_a_later_file_alter_a_table_with_deferred_constraints_and_defer_them_again()
    {
        await Database.ExecuteAsync(
            "CREATE TABLE parent (id integer PRIMARY KEY); CREATE TABLE child (parent integer CONSTRAINT child_of REFERENCES parent "
                + "DEFERRABLE INITIALLY DEFERRED)", Token);
        Bench.Write("0001_rows.sql", "INSERT INTO child VALUES (1); INSERT INTO parent VALUES (1);");
        Bench.Write("0002_alter.sql", "ALTER TABLE child ADD note text;");
        Bench.Write("0003_rows.sql", "INSERT INTO child VALUES (2); INSERT INTO parent VALUES (2);");

        Assert.Equal(3, (await RunAsync()).Passed.Count);
    }

    [Fact]
    public async Task Prints_the_plan_of_a_file_outside_a_transaction_and_does_not_try_those_after_it()
    {
        await Database.ExecuteAsync("CREATE TABLE orders (id integer)", Token);
        Bench.Write("0001_note.sql", "ALTER TABLE orders ADD note text;");
        Bench.Write(
            "0002_index.sql", "-- belay: no-transaction\nCREATE INDEX CONCURRENTLY orders_note\n    ON orders (note);\nVACUUM orders;");
        Bench.Write("0003_more.sql", "ALTER TABLE orders ADD more text;");

        var outcome = await RunAsync();

        Assert.Equal("1 would pass, 1 planned, 1 not tried", outcome.Summary);
        Assert.Equal(
            [
                "0002_index.sql runs outside a transaction and is not tried. It would send, one at a time:",
                "  line 2: CREATE INDEX CONCURRENTLY orders_note ON orders (note)",
                "  line 4: VACUUM orders",
                "Warning: 0003_more.sql is not tried: it comes after 0002_index.sql, and what that one makes is not there",
                "Schema: would change, 1 line added, 0 removed",
                "  + column public.orders.note text",
                "Rolled back: database as before. 1 would pass, 1 planned, 1 not tried",
            ],
            Bench.Output.Lines.Skip(2));
        Assert.Equal(["1"], await Bench.QueryAsync("SELECT count(*) FROM information_schema.columns WHERE table_name = 'orders'"));
    }

    [Fact]
    public async Task Does_not_call_it_a_failure_when_a_file_uses_an_enum_value_of_an_earlier_one()
    {
        await Database.ExecuteAsync("CREATE TYPE mood AS ENUM ('sad')", Token);
        Bench.Write("0001_mood.sql", "ALTER TYPE mood ADD VALUE 'glad';");
        Bench.Write("0002_use.sql", "CREATE TABLE moods AS SELECT 'glad'::mood AS mood;");

        Assert.Equal("1 would pass, 0 planned, 1 not tried", (await RunAsync()).Summary);
        Assert.Equal(
            ["0002_use.sql is not tried: it uses an enum value that an earlier pending file adds, which takes a COMMIT between them"],
            Bench.Output.Warnings);
        Assert.Equal(2, (await Bench.RunAsync()).Applied.Count);
    }

    [Fact]
    public async Task Says_nothing_when_nothing_is_pending()
    {
        Bench.Write("0001_a.sql", "SELECT 1;");
        await Bench.RunAsync();
        var said = Bench.Output.Lines.Count;

        Assert.Equal("0 would pass, 0 planned, 0 not tried", (await RunAsync()).Summary);
        Assert.Equal(said, Bench.Output.Lines.Count);
    }

    [Fact]
    public async Task Gives_up_when_too_many_wait_for_the_locks_it_holds()
    {
        await Database.ExecuteAsync("CREATE TABLE orders (id integer)", Token);
        Bench.Settings = Bench.Settings with { MaximumVictims = 0 };
        Bench.Write("0001_slow.sql", "LOCK TABLE orders IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(120);");
        var run = RunAsync();
        await Bench.SessionAsync("migrate", "query LIKE '%pg_sleep%'");

        Assert.Equal(0L, await Database.ScalarAsync("SELECT count(*) FROM orders", Token));

        var failure = await Assert.ThrowsAsync<MigrationException>(() => run);
        Assert.Equal(
            ("57014", "others waited for the locks of the dry run: repeat it in a quieter time, or on a copy of the database"),
            (failure.SqlState, failure.Hint));
        Assert.Equal("0001_slow.sql gives up its place: 1 session waits behind it, more than 0", Bench.Output.Lines[^1]);
    }

    [Fact]
    public async Task Rolls_back_when_it_is_cancelled()
    {
        Bench.Write("0001_slow.sql", "CREATE TABLE orders (id integer); SELECT pg_sleep(120);");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var run = RunAsync(stop.Token);
        await Bench.SessionAsync("migrate", "query LIKE '%pg_sleep%'");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(await Bench.TablesAsync());
    }

    private Task<DryRunOutcome> RunAsync(CancellationToken? cancellationToken = null)
        => new DryRunner(Database.Connector, Bench.Settings, Bench.Output, TimeProvider.System)
            .RunAsync(Folder(), cancellationToken ?? Token);

    private IReadOnlyList<Migration> Folder() => MigrationFolder.Read(Bench.Settings.Folder);
}
