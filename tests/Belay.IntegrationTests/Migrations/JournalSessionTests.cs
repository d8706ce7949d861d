using Belay.IntegrationTests.Support;
using Belay.IntegrationTests.Support.Pooling;

namespace Belay.IntegrationTests.Migrations;

/// <summary>The journals of all files are written in one session, which may be ended while nothing is written.</summary>
public sealed class JournalSessionTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    /// <summary>Ends the session of the journals.</summary>
    private const string Ends = """
        CREATE TABLE ended AS SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity
        WHERE application_name = 'belay journal' AND datname = current_database();
        """;

    [Fact]
    public async Task Writes_the_journals_of_all_files_in_one_session()
    {
        const string script = "-- belay: no-transaction\n"
            + "CREATE TABLE made_{0} AS SELECT pid FROM pg_stat_activity "
            + "WHERE application_name = 'belay journal' AND datname = current_database();";
        Bench.Write("0001_first.sql", script.Replace("{0}", "1", StringComparison.Ordinal));
        Bench.Write("0002_between.sql", "CREATE TABLE made (id integer);");
        Bench.Write("0003_last.sql", script.Replace("{0}", "3", StringComparison.Ordinal));

        await Bench.RunAsync();

        Assert.Equal(["true"], await Bench.QueryAsync("SELECT (a.pid = b.pid)::text FROM made_1 a, made_3 b"));
        Assert.Equal(["1 1 00000", "3 1 00000"], await Bench.QueryAsync(
            "SELECT format('%s %s %s', version, position, sqlstate) FROM belay.statement ORDER BY version"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-- belay: no-transaction\n")]
    [InlineData("-- belay: no-transaction\nCREATE TABLE made (id integer);\n")]
    public async Task Writes_on_in_a_new_session_when_that_of_the_journals_was_ended(string before)
    {
        const string script = "-- belay: no-transaction\nCREATE TABLE made_{0} (id integer); "
            + "CREATE INDEX CONCURRENTLY ids_{0} ON made_{0} (id);";
        Bench.Write("0001_first.sql", script.Replace("{0}", "1", StringComparison.Ordinal));
        Bench.Write("0002_ends.sql", before + Ends + "CREATE TABLE after_it (id integer);");
        Bench.Write("0003_last.sql", script.Replace("{0}", "3", StringComparison.Ordinal));

        Assert.Equal(3, (await Bench.RunAsync()).Applied.Count);
        Assert.Equal(["1"], await Bench.QueryAsync("SELECT count FROM ended"));
        Assert.Equal(["1 1 00000", "1 2 00000", "3 1 00000", "3 2 00000"], await Bench.QueryAsync(
            "SELECT format('%s %s %s', version, position, sqlstate) FROM belay.statement WHERE version <> 2 ORDER BY version, position"));
    }

    [Fact]
    public async Task Writes_the_end_of_a_statement_that_ran_alone_while_the_journal_s_session_was_ended()
    {
        await Database.ExecuteAsync("CREATE PROCEDURE ends() LANGUAGE plpgsql AS $$ BEGIN COMMIT; " + Ends + " COMMIT; END $$", Token);
        Bench.Write("0001_ends.sql", "-- belay: no-transaction\nCALL ends();\nCREATE TABLE after_it (id integer);");

        Assert.Single((await Bench.RunAsync()).Applied);
        Assert.Equal(["1"], await Bench.QueryAsync("SELECT count FROM ended"));
        Assert.Equal(["1 00000", "2 00000"], await Bench.QueryAsync(
            "SELECT format('%s %s', position, sqlstate) FROM belay.statement ORDER BY position"));
    }

    [Fact]
    public async Task Says_where_the_database_stands_when_the_journal_s_session_was_ended_and_no_other_begins()
    {
        Bench.Write("0001_ends.sql", $"""
            -- belay: no-transaction
            UPDATE pg_database SET datallowconn = false WHERE datname = current_database();
            {Ends}
            CREATE TABLE after_it (id integer);
            """);

        var failure = await Bench.FailAsync();
        await (Database.Target with { Database = "postgres" }).ExecuteAsync(
            $"UPDATE pg_database SET datallowconn = true WHERE datname = '{Database.Target.Database}'", Token);

        var lost = $"the session of the journal was lost (Connection is not open). Cannot connect to {Database.Target.DisplayName} as "
            + $"\"postgres\": 55000: database \"{Database.Target.Database}\" is not currently accepting connections";
        Assert.Equal(
            $"""
            {Bench.PathOf("0001_ends.sql")}:5:1: the connection was lost: {lost}
            Stopped part-way, outside a transaction: 2 of 3 statements ran.
              line 2: UPDATE PG_DATABASE ran
              line 3: CREATE TABLE ran
              line 5: CREATE TABLE failed
            """,
            failure.Message);
        Assert.Equal(ExitCodes.MigrationPartWay, failure.ExitCode);
    }

    [Fact]
    public async Task Writes_journals_behind_a_pooler_too()
    {
        await using var pooler = await PgBouncer.StartAsync(Database.Target, PoolMode.Session, Token);
        using var bench = new MigrationBench(pooler.Target);
        bench.Write(
            "0001_first.sql",
            "-- belay: no-transaction\nCREATE TABLE made AS SELECT pg_backend_pid() AS pid; CREATE INDEX CONCURRENTLY ids ON made (pid);");

        await bench.RunAsync();

        Assert.Equal(
            ["1 00000 true", "2 00000 true"],
            await Bench.QueryAsync("SELECT concat_ws(' ', position, sqlstate, (s.backend_pid = f.pid)::text) "
                + "FROM belay.statement s, made f ORDER BY position"));
    }
}
