using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Npgsql;

namespace Belay.IntegrationTests.Migrations;

/// <summary>What Belay does itself beside a script, where the database makes that hard.</summary>
public sealed class OwnStatementTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    [Fact]
    public async Task A_script_s_read_only_transaction_is_named_as_the_reason()
    {
        var path = Bench.Write("1_a.sql", "BEGIN READ ONLY;\nSELECT 1;\nCOMMIT;");

        var failure = await Bench.FailAsync();

        Assert.Equal(
            $"Belay could not go on with {path}: writing the history failed: ERROR: cannot execute CREATE SCHEMA in a read-only "
                + "transaction (SQLSTATE 25006)\nRolled back: database as before.",
            failure.Message);
        Assert.Equal(
            "the script makes its transaction read-only, and its history could not be written: take READ ONLY out of 1_a.sql, then "
                + "./build.sh Migrate", failure.Hint);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-- belay: no-transaction\n")]
    public async Task An_event_trigger_that_forbids_Belay_s_tables_is_not_blamed_on_the_script(string head)
    {
        await Database.ExecuteAsync(
            """
            CREATE FUNCTION forbid() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no schemas here'; END $$;
            CREATE EVENT TRIGGER forbid ON ddl_command_start WHEN tag IN ('CREATE SCHEMA') EXECUTE FUNCTION forbid();
            """,
            Token);
        var path = Bench.Write("1_a.sql", $"{head}CREATE TABLE t (id integer);");

        var failure = await Bench.FailAsync();

        Assert.Equal(ExitCodes.MigrationRolledBack, failure.ExitCode);
        Assert.StartsWith(
            $"Belay could not go on with {path}: {(head.Length == 0 ? "writing the history" : "making ready its journal")} failed: ERROR: "
                + "no schemas here (SQLSTATE P0001)\nCONTEXT: ",
            failure.Message,
            StringComparison.Ordinal);
        Assert.Empty(await Bench.TablesAsync());
    }

    [Fact]
    public async Task A_table_of_the_history_that_somebody_holds_is_not_blamed_on_the_script()
    {
        Bench.Write("1_a.sql", "CREATE TABLE t (id integer);");
        await Bench.RunAsync();
        Bench.Settings = Bench.Settings with { LockTimeout = TimeSpan.FromMilliseconds(50), LockBudget = TimeSpan.Zero };
        var path = Bench.Write("2_b.sql", "SELECT 1; CREATE TABLE u (id integer);");
        await using var holder = await new DatabaseConnector(Database.Target).OpenAsync("test", Token);
        await holder.ExecuteAsync("CREATE TABLE belay.kept (id integer)", Token);
        await holder.ExecuteAsync("BEGIN; LOCK TABLE belay.kept", Token);

        var failure = await Bench.FailAsync();

        Assert.StartsWith(
            $"Belay could not go on with {path}: looking at the history failed: ERROR: canceling statement due to lock timeout "
                + "(SQLSTATE 55P03)",
            failure.Message,
            StringComparison.Ordinal);
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task A_table_of_the_history_that_somebody_holds_does_not_stop_a_script_whose_changes_the_server_counts()
    {
        Bench.Write("1_a.sql", "CREATE TABLE t (id integer);");
        await Bench.RunAsync();
        Bench.Write("2_b.sql", "CREATE TABLE u (id integer);");
        await using var holder = await new DatabaseConnector(Database.Target).OpenAsync("test", Token);
        await holder.ExecuteAsync("CREATE TABLE belay.kept (id integer)", Token);
        await holder.ExecuteAsync("BEGIN; LOCK TABLE belay.kept", Token);

        await Bench.RunAsync();

        Assert.Equal(["1", "2"], await Bench.AppliedAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-- belay: no-transaction\n")]
    public async Task A_trigger_that_swallows_the_history_s_row_stops_the_release(string head)
    {
        Bench.Write("1_a.sql", "CREATE TABLE t (id integer);");
        await Bench.RunAsync();
        await Database.ExecuteAsync(
            "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$; CREATE TRIGGER swallow BEFORE "
                + "INSERT ON belay.migration FOR EACH ROW EXECUTE FUNCTION swallow()",
            Token);
        var path = Bench.Write("2_b.sql", $"{head}CREATE TABLE u (id integer);");

        var failure = await Bench.FailAsync();

        Assert.StartsWith(
            $"Belay could not go on with {path}: writing the history failed: ERROR: the history's row was not written, though there was "
                + "no error: "
            + "a trigger or rule on belay.migration must have taken it away (SQLSTATE 55000)\n"
            + (head.Length == 0 ? "Rolled back: database as before." : "Stopped part-way, outside a transaction: 1 of 1 statement ran."),
            failure.Message,
            StringComparison.Ordinal);
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-- belay: no-transaction\n")]
    public async Task A_trigger_that_makes_the_history_s_row_another_migration_s_stops_the_release(string head)
    {
        Bench.Write("1_a.sql", "CREATE TABLE t (id integer);");
        await Bench.RunAsync();
        await Database.ExecuteAsync(
            "CREATE FUNCTION renumber() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.version := 9; RETURN NEW; END $$; "
                + "CREATE TRIGGER renumber BEFORE INSERT ON belay.migration FOR EACH ROW EXECUTE FUNCTION renumber()",
            Token);
        var path = Bench.Write("2_b.sql", $"{head}CREATE TABLE u (id integer);");

        var failure = await Bench.FailAsync();

        Assert.StartsWith(
            $"Belay could not go on with {path}: writing the history failed: ERROR: the history's row was written as another "
                + "migration's: a trigger or rule on belay.migration must have changed it (SQLSTATE 55000)\n"
            + (head.Length == 0 ? "Rolled back: database as before." : "Stopped part-way, outside a transaction: 1 of 1 statement ran."),
            failure.Message,
            StringComparison.Ordinal);
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Theory]
    [InlineData("LATIN1")]
    [InlineData("LATIN9")]
    [InlineData("SQL_ASCII")]
    public async Task A_database_in_another_encoding_keeps_a_script_whose_comments_it_cannot_hold(string encoding)
    {
        var name = $"{Database.Target.Database}_{encoding.ToLowerInvariant()}";
        await Database.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE template0 ENCODING {encoding} LC_COLLATE 'C' LC_CTYPE 'C'", Token);
        try
        {
            using var other = new MigrationBench(Database.Target with { Database = name });
            other.Write("1_a.sql", "-- ü → 字 😀\nCREATE TABLE t (id integer);\n-- …\n");
            other.Write("2_b.sql", "-- belay: no-transaction\n-- →\nVACUUM t;\n");

            await other.RunAsync();
            Assert.Empty((await other.RunAsync()).Applied);

            Assert.Equal(["1", "2"], await other.AppliedAsync());
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await Database.ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)", Token);
        }
    }

    [Fact]
    public async Task A_failing_VACUUM_prints_no_warning_of_a_transaction_that_nobody_began()
    {
        Bench.Write("1_a.sql", "-- belay: no-transaction\nVACUUM missing;");
        await Bench.FailAsync();
        Assert.DoesNotContain("no transaction in progress", Bench.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_names_the_limit()
    {
        Bench.Settings = Bench.Settings with { StatementTimeout = TimeSpan.FromMilliseconds(200) };
        Bench.Write("1_a.sql", "SELECT pg_sleep(60);");
        Assert.Contains("--statement-timeout", (await Bench.FailAsync()).Hint, StringComparison.Ordinal);
    }
}
