using Belay.IntegrationTests.Support;
using Belay.Migrations;
using Belay.Postgres;

namespace Belay.IntegrationTests.Migrations;

/// <summary>The settings that are compared before a script and after it.</summary>
public sealed class SessionSettingsTests(PostgresFixture postgres) : DatabaseTest(postgres)
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
}
