using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Migrations.Complaints;

/// <summary>Who owns what a script makes, and which of the server's messages are seen.</summary>
public sealed class SessionTests(PostgresFixture postgres) : IAsyncLifetime
{
    private TestDatabase database = null!;
    private MigrationBench bench = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync(Token);
        bench = new MigrationBench(database.Target);
    }

    public async ValueTask DisposeAsync()
    {
        bench.Dispose();
        await database.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("-- belay: no-transaction\n")]
    public async Task SET_ROLE_in_a_script_gives_its_objects_their_owner_and_ends_with_it(string head)
    {
        var owner = (await database.CreateRoleAsync(Token)).Username;
        await database.ExecuteAsync($"CREATE SCHEMA shop AUTHORIZATION {owner}", Token);
        bench.Write("0001_orders.sql", $"{head}SET ROLE {owner};\nCREATE TABLE shop.orders (id integer);\n");
        bench.Write("0002_items.sql", "CREATE TABLE shop.items (id integer);\n");

        await bench.RunAsync();

        Assert.Equal(
            [$"items {database.Target.Username}", $"orders {owner}"],
            await bench.QueryAsync("SELECT format('%s %s', tablename, tableowner) FROM pg_tables WHERE schemaname = 'shop' ORDER BY 1"));
        Assert.Equal(
            [database.Target.Username, database.Target.Username],
            await bench.QueryAsync("SELECT tableowner FROM pg_tables WHERE schemaname = 'belay' ORDER BY tablename"));
        await database.ExecuteAsync("DROP SCHEMA shop CASCADE", Token);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-- belay: no-transaction\n")]
    public async Task Shows_the_server_s_messages_also_of_a_script_that_fails_after_them(string head)
    {
        bench.Write(
            "0001_a.sql", head + "DO $$ BEGIN RAISE NOTICE 'moved % rows', 7; RAISE WARNING 'kept one'; END $$;\nSELECT missing;\n");

        await bench.FailAsync();

        Assert.Equal(
            ["NOTICE:  moved 7 rows", "WARNING:  kept one"],
            bench.Output.Lines.Where(
                line => line.StartsWith("NOTICE", StringComparison.Ordinal) || line.StartsWith("WARNING", StringComparison.Ordinal)));
    }
}
