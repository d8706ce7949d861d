using System.Diagnostics;
using Belay.Servers;
using Build.Tests.Support;

namespace Build.Tests.Consumers;

/// <summary>The tool in another team's repository, from its package on: nothing of this checkout is in reach.</summary>
[Collection(nameof(PackingCollection))]
public sealed class ToolTests(ReleaseWorld world, ITestOutputHelper printed)
{
    private const string Database = "consumer_shop";

    private const string Before =
        "CREATE TABLE customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, password text NOT NULL);"
        + "INSERT INTO customer (name, password) VALUES ('ann', 'open sesame');";

    [Fact]
    public async Task An_empty_repository_installs_the_package_and_releases_its_own_migration_to_its_own_database()
    {
        await world.Server.Target("postgres").ExecuteAsync($"CREATE DATABASE {Database} TEMPLATE template0", Token);
        await world.Server.Target(Database).ExecuteAsync(Before, Token);
        await using var login = new ConsumerLogin(world.Server.Target(Database), FreePort.Next());
        using var shop = new ConsumerRepository();
        var version = await shop.PackAsync(["src/Belay.Tool"], Token);
        var begun = Stopwatch.GetTimestamp();

        (await shop.TypeAsync("git init --quiet")).MustExitWith(0);
        (await shop.TypeAsync($"dotnet tool install Belay.Tool --version {version} --create-manifest-if-needed")).MustExitWith(0);
        (await shop.TypeAsync("dotnet belay init"))
            .MustExitWith(0)
            .MustPrint("wrote belay.json")
            .MustPrint("wrote db/migrations/0001_first_migration.sql")
            .MustPrint(".gitignore");
        shop.Write("db/migrations/0001_first_migration.sql", "ALTER TABLE customer ADD COLUMN currency text NOT NULL DEFAULT 'EUR';\n");
        shop.Write(
            "db/migrations/0001_first_migration.verify.sql",
            "-- check: every customer has a currency\n-- expect: no rows\nSELECT id FROM customer WHERE currency IS NULL;\n");
        Export(shop, login);
        (await shop.TypeAsync("dotnet belay install-client")).MustExitWith(0).MustPrint("kept pg_dump ");
        var outcome = await shop.TypeAsync("dotnet belay Migrate");

        outcome.MustExitWith(0).MustPrint("1 migration applied behind backup ").MustPrint("1 check passed")
            .MustPrint("500 column \"currency\" does not exist → 200 with a valid token").MustNotPrint("build.sh");
        Assert.Matches(
            @"\Abelay_backup_id=\d{8}T\d{6}Z-\w+\nbelay_record=\S+/artifacts/release-\w+\.json\nbelay_applied=1\nbelay_outcome=succeeded\n\z",
            await File.ReadAllTextAsync(Path.Combine(shop.Root, "artifacts", "belay.env"), Token));
        printed.WriteLine($"From git init to the finished release: {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s");
        await AgainAsync(shop);
    }

    /// <summary>What a second day looks like, and what a mistake costs.</summary>
    private static async Task AgainAsync(ConsumerRepository shop)
    {
        (await shop.TypeAsync("dotnet belay migrate")).MustExitWith(0).MustPrint("Nothing to migrate: 1 applied");
        (await shop.TypeAsync("dotnet belay init")).MustExitWith(0).MustNotPrint("wrote").MustNotPrint("added");
        (await shop.TypeAsync("dotnet belay new add_orders"))
            .MustExitWith(0)
            .MustPrint("wrote db/migrations/0002_add_orders.sql")
            .MustPrint("dotnet belay Preflight");
        (await shop.TypeAsync("dotnet belay Migrate --migrations none"))
            .MustExitWith(2)
            .MustPrint("there is no folder ")
            .MustPrint("Hint: dotnet belay new add_x makes a first one");
        (await shop.TypeAsync("dotnet belay Migrat")).MustExitWith(2).MustPrint("Hint: dotnet belay --help lists targets and parameters");
        Assert.True(Directory.Exists(Path.Combine(shop.Root, ".belay")));
        Assert.False(Directory.Exists(Path.Combine(shop.Root, ".nuke")));
    }

    private void Export(ConsumerRepository shop, ConsumerLogin login)
    {
        var target = world.Server.Target(Database);
        shop.Export("DATABASE_URL", $"postgresql://{target.Username}:{target.Password?.Reveal()}@127.0.0.1:{world.Server.Port}/{Database}");
        shop.Export("RELEASE_OUTPUTS", "artifacts/belay.env");
        shop.Export("SMOKE_URL", login.Url.ToString());
        shop.Export("SMOKE_USERNAME", "ann");
        shop.Export("SMOKE_PASSWORD", "open sesame");
    }
}
