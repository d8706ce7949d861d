using Belay.IntegrationTests.Support;
using Belay.Migrations;
using Belay.Postgres;

namespace Belay.IntegrationTests.Migrations;

/// <summary>The settings that are compared before a script and after it.</summary>
public sealed class SessionSettingsTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    [Fact]
    public async Task Are_read_as_the_server_lists_them()
    {
        await using var connection = await new DatabaseConnector(Database.Target).OpenAsync("test", Token);
        await connection.ExecuteAsync(
            "SET lock_timeout = '250ms'; SET statement_timeout = '90s'; SET idle_in_transaction_session_timeout = '2d'; "
                + "SET row_security = off; SET search_path = \"x y\", public; SET IntervalStyle = sql_standard",
            Token);

        var read = await SessionSettings.ReadAsync(connection, Token);

        var listed = await connection.RowsAsync(
            "SELECT name, setting FROM pg_catalog.pg_settings", reader => (Name: reader.GetString(0), Setting: reader.GetString(1)), Token);
        var named = listed.Where(one => read.ContainsKey(one.Name)).ToList();
        Assert.All(named, one => Assert.Equal(one.Setting, read[one.Name]));
        Assert.Equal(["role", "session_authorization"], read.Keys.Except(named.Select(one => one.Name)).Order());
        Assert.Equal(("250", "172800000"), (read["lock_timeout"], read["idle_in_transaction_session_timeout"]));
    }

    [Fact]
    public async Task Writes_the_history_as_the_role_of_before_behind_a_script_that_went_on_as_another_session()
    {
        Bench.Write("0001_first.sql", "CREATE TABLE first (id integer);");
        Bench.Write("0002_other.sql", "SET SESSION AUTHORIZATION pg_monitor;");

        Assert.Equal(2, (await Bench.RunAsync()).Applied.Count);

        Assert.Contains("session_authorization is 'pg_monitor', was '", Assert.Single(Bench.Output.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checks_in_the_search_path_of_before_also_behind_a_script_in_another_encoding()
    {
        await Database.ExecuteAsync(
            $"CREATE SCHEMA \"schémä\"; ALTER DATABASE \"{Database.Target.Database}\" SET search_path = 'schémä', public", Token);
        Bench.Write("0001_latin.sql", "SET LOCAL client_encoding = 'LATIN1'; CREATE TABLE counted (id integer);");
        Bench.Write("0001_latin.verify.sql", "-- check: rows\n-- expect:\n--   0\nSELECT count(*) FROM counted;\n");

        Assert.Single((await Bench.RunAsync()).Applied);
    }
}
