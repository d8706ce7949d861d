using Build.Tests.Support;

namespace Build.Tests.Consumers;

/// <summary>The tool as one file, on a machine without .NET.</summary>
[Collection(nameof(PackingCollection))]
public sealed class SingleFileTests(ReleaseWorld world)
{
    private const string Database = "single_file";

    [Fact]
    public async Task One_file_releases_where_no_dotnet_is_in_reach()
    {
        using var shop = new ConsumerRepository();
        var belay = await shop.PublishAsync(Token);
        await world.Server.Target("postgres").ExecuteAsync($"CREATE DATABASE {Database} TEMPLATE template0", Token);
        var target = world.Server.Target(Database);
        shop.Export("DATABASE_URL", $"postgresql://{target.Username}:{target.Password?.Reveal()}@127.0.0.1:{world.Server.Port}/{Database}");
        shop.Export("PATH", "/nowhere");
        shop.Export("DOTNET_ROOT", "");

        (await shop.TypeAsync($"{belay} --version")).MustExitWith(0).MustPrint("Belay ");
        (await shop.TypeAsync($"{belay} init --ci github")).MustExitWith(0).MustPrint("wrote .github/workflows/release-database.yml");
        shop.Write("db/migrations/0001_first_migration.sql", "CREATE TABLE orders (id integer PRIMARY KEY);\n");
        (await shop.TypeAsync($"{belay} Migrate --skip SmokeTest")).MustExitWith(0).MustPrint("1 migration applied behind backup ");

        await world.Server.Target(Database).ExecuteAsync("SELECT id FROM orders", Token);
    }
}
