using Belay.History;
using Belay.IntegrationTests.Support;
using Belay.Layouts;
using Npgsql;

namespace Belay.IntegrationTests.Migrations;

/// <summary>What is asked behind every file is prepared in the session that files share, and nothing depends on its being there.</summary>
public sealed class PreparedSessionTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    private const string ChangedRows = "earlier rows of belay.migration were changed or removed, or rows were added";

    private const string Takes = """
        CREATE FUNCTION take() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DEALLOCATE ALL'; RETURN 1; END $$;
        """;

    [Fact]
    public async Task Has_questions_prepared_once_they_have_come_twice()
    {
        WriteFiles("CREATE TABLE made_{0} AS SELECT count(*) AS prepared FROM pg_prepared_statements;");

        await Bench.RunAsync();

        Assert.Equal(["true"], await Bench.QueryAsync("SELECT (a.prepared = 0 AND b.prepared > 5)::text FROM made_2 a, made_6 b"));
        Assert.Equal(["1", "2", "3", "4", "5", "6"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Runs_a_file_again_that_took_away_what_was_prepared()
    {
        WriteFiles("CREATE TABLE made_{0} (id integer);");
        Bench.Write("0001_file.sql", Takes);
        Bench.Write("0006_file.sql", "CREATE TABLE taken AS SELECT take() AS one; CREATE TABLE made_6 (id integer);");
        Bench.Write("0007_file.sql", "CREATE TABLE made_7 (id integer);");

        Assert.Equal(7, (await Bench.RunAsync()).Applied.Count);
        Assert.Equal(["1"], await Bench.QueryAsync("SELECT one FROM taken"));
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Runs_a_statement_outside_a_transaction_again_that_took_away_what_was_prepared()
    {
        WriteFiles("CREATE TABLE made_{0} (id integer);");
        Bench.Write("0001_file.sql", Takes);
        Bench.Write(
            "0006_file.sql", "-- belay: no-transaction\nCREATE TABLE made_6 (id integer); CREATE TABLE taken AS SELECT take() AS one;");
        Bench.Write("0007_file.sql", "CREATE TABLE made_7 (id integer);");

        Assert.Equal(7, (await Bench.RunAsync()).Applied.Count);
        Assert.Equal(["1"], await Bench.QueryAsync("SELECT one FROM taken"));
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], await Bench.AppliedAsync());
        Assert.Equal(
            ["1 00000", "2 00000"],
            await Bench.QueryAsync("SELECT format('%s %s', position, sqlstate) FROM belay.statement ORDER BY position"));
    }

    [Theory]
    [InlineData("SELECT take();")]
    [InlineData("DO 'BEGIN PERFORM take(); END';")]
    [InlineData("DEALLOCATE ALL;")]
    [InlineData("DEALLOCATE ALL; PREPARE _p1 AS SELECT 1;")]
    public async Task Does_without_where_a_statement_may_do_anything(string script)
    {
        WriteFiles("CREATE TABLE made_{0} (id integer);");
        Bench.Write("0001_file.sql", Takes);
        Bench.Write("0005_file.sql", script + "\nINSERT INTO made_4 VALUES (nextval('numbers'));");
        await Database.ExecuteAsync("CREATE SEQUENCE numbers", Token);

        await Bench.RunAsync();

        Assert.Equal(["1"], await Bench.QueryAsync("SELECT id FROM made_4"));
        Assert.Equal(["1", "2", "3", "4", "5", "6"], await Bench.AppliedAsync());
    }

    [Theory]
    [InlineData("DELETE FROM belay.migration WHERE version = 2;", ChangedRows)]
    [InlineData("UPDATE belay.migration SET name = name WHERE version = 2;", ChangedRows)]
    [InlineData("UPDATE belay.migration SET name = name; DELETE FROM belay.migration WHERE version = 2;", ChangedRows)]
    [InlineData(
        "INSERT INTO belay.migration (version, name, sha256, script, duration_ms) VALUES (9, 'x', 'x', 'x', 0);", ChangedRows)]
    [InlineData(
        "INSERT INTO belay.migration (version, name, sha256, script, duration_ms) VALUES (5, 'x', 'x', 'x', 0);", ChangedRows)]
    [InlineData("TRUNCATE belay.migration;", ChangedRows)]
    [InlineData("DROP TABLE belay.migration;", "belay.migration is gone")]
    [InlineData(
        "ALTER TABLE belay.migration ADD CHECK (version <> 5) NOT VALID; CREATE TABLE belay.more (id integer);", "belay.more is new")]
    [InlineData("ALTER TABLE belay.migration RENAME TO other;", "belay.migration is gone; belay.other is new")]
    [InlineData("SELECT 1; DELETE FROM belay.migration WHERE version = 2;", ChangedRows)]
    [InlineData("SELECT 1; DROP TABLE belay.migration;", "belay.migration is gone")]
    public async Task Sees_what_a_later_file_does_to_the_history(string script, string change)
    {
        WriteFiles("CREATE TABLE made_{0} (id integer);");
        var path = Bench.Write("0005_file.sql", script);

        var failure = await Bench.FailAsync();

        Assert.StartsWith(
            $"{path} changed Belay's own tables: {change}.\nRolled back: database as before.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["1", "2", "3", "4"], await Bench.AppliedAsync());
    }

    [Theory]
    [InlineData("DELETE FROM belay.migration WHERE version = 2;", ChangedRows)]
    [InlineData("UPDATE belay.migration SET name = name WHERE version = 2;", ChangedRows)]
    [InlineData("TRUNCATE belay.migration;", ChangedRows)]
    [InlineData("DROP TABLE belay.migration;", "belay.migration is gone")]
    public async Task Sees_what_a_later_statement_outside_a_transaction_does_to_the_history(string statement, string change)
    {
        WriteFiles("CREATE TABLE made_{0} (id integer);");
        Bench.Write("0005_file.sql", $"-- belay: no-transaction\nCREATE TABLE made_5 (id integer);\n{statement}");

        Assert.Contains($"the statement changed Belay's own tables: {change}", (await Bench.FailAsync()).Message, StringComparison.Ordinal);
        Assert.Equal(["1", "2", "3", "4"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Reads_the_rows_where_the_server_counts_nothing()
    {
        await Database.ExecuteAsync($"ALTER DATABASE \"{Database.Target.Database}\" SET track_counts = off", Token);
        WriteFiles("CREATE TABLE made_{0} (id integer);");
        var path = Bench.Write("0005_file.sql", "DELETE FROM belay.migration WHERE version = 2;");

        Assert.StartsWith(
            $"{path} changed Belay's own tables: {ChangedRows}", (await Bench.FailAsync()).Message, StringComparison.Ordinal);
        Assert.Equal(["1", "2", "3", "4"], await Bench.AppliedAsync());
    }

    [Theory]
    [InlineData("CREATE TABLE hidden AS SELECT clear();")]
    [InlineData("CREATE TABLE hidden AS SELECT clear();", "-- belay: no-transaction\n")]
    [InlineData("""
        CREATE TABLE off AS SELECT set_config('track_counts', 'off', true); DELETE FROM belay.migration WHERE version = 2;
        CREATE TABLE back AS SELECT set_config('track_counts', 'on', true);
        """)]
    public async Task Sees_what_a_script_does_while_it_keeps_the_server_from_counting(string script, string head = "")
    {
        WriteFiles("CREATE TABLE made_{0} (id integer);");
        Bench.Write("0001_file.sql", head + """
            CREATE FUNCTION clear() RETURNS integer LANGUAGE plpgsql SET TRACK_COUNTS = off
                AS $$ BEGIN DELETE FROM belay.migration WHERE version = 2; RETURN 1; END $$;
            """);
        Bench.Write("0005_file.sql", script);

        Assert.Contains($" changed Belay's own tables: {ChangedRows}", (await Bench.FailAsync()).Message, StringComparison.Ordinal);
        Assert.Equal(["1", "2", "3", "4"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Sees_rows_that_a_table_gets_from_one_that_inherits_from_it()
    {
        WriteFiles("CREATE TABLE made_{0} (id integer);");
        var path = Bench.Write(
            "0005_file.sql", "CREATE TABLE heir () INHERITS (belay.migration); INSERT INTO heir SELECT * FROM belay.migration;");

        Assert.StartsWith(
            $"{path} changed Belay's own tables: {ChangedRows}", (await Bench.FailAsync()).Message, StringComparison.Ordinal);
        Assert.Equal(["1", "2", "3", "4"], await Bench.AppliedAsync());
    }

    [Theory]
    [InlineData("RAISE feature_not_supported", "0A000")]
    [InlineData("EXECUTE 'EXECUTE nothing'", "26000")]
    public async Task Runs_a_file_once_whose_own_trigger_fails_at_the_commit_like_something_prepared(string body, string state)
    {
        await Database.ExecuteAsync("CREATE SEQUENCE numbers", Token);
        WriteFiles("CREATE TABLE made_{0} (id integer);");
        Bench.Write("0001_file.sql", $"""
            CREATE TABLE late (id integer);
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; END $$;
            CREATE CONSTRAINT TRIGGER late AFTER INSERT ON late DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail();
            """);
        Bench.Write("0005_file.sql", "INSERT INTO late VALUES (nextval('numbers'));");

        Assert.Equal(state, (await Bench.FailAsync()).SqlState);
        Assert.Equal(["1"], await Bench.QueryAsync("SELECT last_value FROM numbers"));
        Assert.Equal(["1", "2", "3", "4"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Tells_of_a_table_that_somebody_else_drops_while_the_script_s_transaction_still_sees_it()
    {
        Bench.Write("0001_file.sql", """
            CREATE FUNCTION wait() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN 1; END $$;
            """);
        await Bench.RunAsync();
        await Database.ExecuteAsync("CREATE TABLE belay.kept (id integer)", Token);
        var path = Bench.Write("0002_file.sql", "BEGIN ISOLATION LEVEL REPEATABLE READ; CREATE TABLE waited AS SELECT wait(); COMMIT;");
        Bench.Settings = Bench.Settings with { LockTimeout = TimeSpan.FromHours(1) };
        await using var gate = await Database.OpenAsync(Token);
        await using (var hold = new NpgsqlCommand("SELECT pg_advisory_lock(1)", gate))
        {
            await hold.ExecuteNonQueryAsync(Token);
        }

        var run = Bench.FailAsync();
        await Bench.SessionAsync("migrate", "wait_event = 'advisory'");
        await Database.ExecuteAsync("DROP TABLE belay.kept", Token);
        await gate.CloseAsync();

        Assert.StartsWith($"{path} changed Belay's own tables: ", (await run).Message, StringComparison.Ordinal);
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Writes_no_row_outside_the_transaction_that_it_is_meant_for()
    {
        Bench.Write("0001_file.sql", "CREATE TABLE made (id integer);");
        await Bench.RunAsync();
        Bench.Write("0002_file.sql", "COMMIT;");
        var entry = new HistoryEntry(MigrationFolder.Read(Bench.Settings.Folder)[1], TimeSpan.Zero, null) { Fits = true, Transaction = 1 };

        await using var connection = await Database.Connector.OpenAsync("test", Token);
        var failure = await Assert.ThrowsAsync<PostgresException>(() => MigrationHistory.InsertAsync(connection, entry, Token));

        Assert.StartsWith("the history's row was not written", failure.MessageText, StringComparison.Ordinal);
        Assert.Equal(["1"], await Bench.AppliedAsync());
    }

    [Fact]
    public async Task Tells_of_a_deferred_constraint_that_fails_at_the_commit()
    {
        WriteFiles("CREATE TABLE made_{0} (id integer PRIMARY KEY DEFERRABLE INITIALLY DEFERRED);");
        Bench.Write("0005_file.sql", "INSERT INTO made_4 VALUES (1), (1);");

        Assert.Equal("23505", (await Bench.FailAsync()).SqlState);
        Assert.Equal(["1", "2", "3", "4"], await Bench.AppliedAsync());
        Assert.Equal([], await Bench.QueryAsync("SELECT id FROM made_4"));
    }

    private void WriteFiles(string script)
    {
        for (var number = 1; number <= 6; number++)
        {
            Bench.Write($"000{number}_file.sql", script.Replace("{0}", $"{number}", StringComparison.Ordinal));
        }
    }
}
