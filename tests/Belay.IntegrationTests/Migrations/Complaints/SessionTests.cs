using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Migrations.Complaints;

/// <summary>Who owns what a script makes, and which of the server's messages are seen.</summary>
public sealed class SessionTests(PostgresFixture postgres) : MigrationTest(postgres)
{
    [Theory]
    [InlineData("")]
    [InlineData("-- belay: no-transaction\n")]
    public async Task SET_ROLE_in_a_script_gives_its_objects_their_owner_and_ends_with_it(string head)
    {
        var owner = (await Database.CreateRoleAsync(Token)).Username;
        await Database.ExecuteAsync($"CREATE SCHEMA shop AUTHORIZATION {owner}", Token);
        Bench.Write("0001_orders.sql", $"{head}SET ROLE {owner};\nCREATE TABLE shop.orders (id integer);\n");
        Bench.Write("0002_items.sql", "CREATE TABLE shop.items (id integer);\n");

        await Bench.RunAsync();

        Assert.Equal(
            [$"items {Database.Target.Username}", $"orders {owner}"],
            await Bench.QueryAsync("SELECT format('%s %s', tablename, tableowner) FROM pg_tables WHERE schemaname = 'shop' ORDER BY 1"));
        Assert.Equal(
            [Database.Target.Username, Database.Target.Username],
            await Bench.QueryAsync("SELECT tableowner FROM pg_tables WHERE schemaname = 'belay' ORDER BY tablename"));
        await Database.ExecuteAsync("DROP SCHEMA shop CASCADE", Token);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-- belay: no-transaction\n")]
    public async Task Shows_the_server_s_messages_also_of_a_script_that_fails_after_them(string head)
    {
        Bench.Write(
            "0001_a.sql", head + "DO $$ BEGIN RAISE NOTICE 'moved % rows', 7; RAISE WARNING 'kept one'; END $$;\nSELECT missing;\n");

        await Bench.FailAsync();

        Assert.Equal(
            ["NOTICE:  moved 7 rows", "WARNING:  kept one"],
            Bench.Output.Lines.Where(
                line => line.StartsWith("NOTICE", StringComparison.Ordinal) || line.StartsWith("WARNING", StringComparison.Ordinal)));
    }
}
