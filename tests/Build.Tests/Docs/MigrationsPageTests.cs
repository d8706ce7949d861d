using Build.Tests.Support;

namespace Build.Tests.Docs;

/// <summary>What the page on migrations tells to type.</summary>
public sealed class MigrationsPageTests(ReleaseWorld world)
{
    [Fact]
    [Walks("migrations.md", "Files")]
    public Task Files() => Walk.RunAsync(world, async walk =>
    {
        await walk.Release.RunAsync("Migrate");

        (await walk.TypeAsync("./build.sh Verify")).MustExitWith(0).MustPrint("VERIFICATION PASSED");
        (await walk.TypeAsync("./build.sh Rollback")).MustExitWith(2).MustPrint($"--confirm {walk.Release.Database}");
    });

    [Fact]
    [Walks("migrations.md", "History")]
    public Task History() => Walk.RunAsync(world, async walk =>
    {
        await walk.WriteAsync("0003_words.sql", "SELECT 1;");
        await walk.Release.RunAsync("Migrate");
        await walk.WriteAsync("0003_words.sql", "SELECT 1; -- one");

        (await walk.TypeAsync("./build.sh Repair --migration-version 3 --reason \"…\"")).MustExitWith(0).MustPrint("SELECT 1; -- one");
        await walk.Release.ExecuteAsync("DROP SCHEMA belay CASCADE; ALTER TABLE \"user\" DROP COLUMN max_reports");
        (await walk.TypeAsync("./build.sh Baseline --migration-version 3 --reason \"…\"")).MustExitWith(0);
        (await walk.TypeAsync("./build.sh Verify")).MustExitWith(8).MustPrint("FAILED ");
    });

    [Fact]
    [Walks("migrations.md", "Dry run")]
    public Task Dry_run() => Walk.RunAsync(world, async walk =>
    {
        (await walk.TypeAsync("./build.sh Migrate --dry-run")).MustExitWith(0);
        Assert.Equal(0, await walk.Release.CountNewColumnsAsync());
        await walk.Release.RunAsync("Migrate");

        (await walk.TypeAsync("./build.sh Rollback --dry-run")).MustExitWith(0);
        Assert.Equal(4, await walk.Release.CountNewColumnsAsync());
    });

    [Fact]
    [Walks("migrations.md", "Another migrator behind the gate")]
    public Task Another_migrator() => Walk.RunAsync(world, async walk =>
    {
        LogNobodyIn(walk);
        Directory.GetFiles(walk.Release.Migrations).ToList().ForEach(File.Delete);
        walk.Fill("alembic upgrade head", "psql -X -c 'CREATE TABLE made_by_another (id integer)'");

        (await walk.TypeAsync("./build.sh Migrate --migrator \"alembic upgrade head\""))
            .MustExitWith(0)
            .MustPrint("+ table public.made_by_another");
        Assert.True(await walk.HasAsync("made_by_another"));
    });

    [Fact]
    [Walks("migrations.md", "Taking a database over")]
    public Task Taking_a_database_over() => Walk.RunAsync(world, async walk =>
    {
        LogNobodyIn(walk);
        Directory.GetFiles(walk.Release.Migrations).ToList().ForEach(File.Delete);
        await walk.WriteAsync("0001_schema.sql", "-- belay: adopts 20250202120000_Items\nCREATE TABLE items (id integer);");
        await walk.Release.ExecuteAsync(
            $"""
            CREATE TABLE "__EFMigrationsHistory" ("MigrationId" varchar(150) PRIMARY KEY, "ProductVersion" varchar(32) NOT NULL);
            INSERT INTO "__EFMigrationsHistory" VALUES ('20250202120000_Items', '9.0.0');
            ALTER TABLE "__EFMigrationsHistory" OWNER TO {world.Roles.Owner};
            """);
        (await walk.Release.BuildAsync("Preflight")).MustExitWith(3).MustPrint("has 1 applied migration of ef-core");

        (await walk.TypeAsync("./build.sh Adopt --from none")).MustExitWith(0);
        await ForgetAsync(walk);
        (await walk.TypeAsync("./build.sh Adopt")).MustExitWith(0);
        await ForgetAsync(walk);
        (await walk.TypeAsync("./build.sh Adopt --dry-run")).MustExitWith(0).MustPrint("0001_schema.sql");
        (await walk.TypeAsync("./build.sh Adopt")).MustExitWith(0);
        (await walk.TypeAsync("./build.sh Status")).MustExitWith(0).MustPrint("adopted from ef-core");
        (await walk.TypeAsync("./build.sh Preflight")).MustExitWith(0);
        await walk.WriteAsync("0002_more.sql", "CREATE TABLE more (id integer);");
        (await walk.TypeAsync("./build.sh Migrate")).MustExitWith(0);
        Assert.Equal((false, true), (await walk.HasAsync("items"), await walk.HasAsync("more")));

        await ForgetAsync(walk);
        await walk.WriteAsync("0002_more.sql", "CREATE TABLE IF NOT EXISTS more (id integer);");
        walk.Take(
            "(echo \"-- belay: adopts e203bde60d8a\"; alembic upgrade head --sql) > migrations/0001_schema.sql");
        walk.Take(
            "(echo \"-- belay: adopts 20250202120000_Items\"; dotnet ef migrations script --no-transactions) > migrations/0001_schema.sql");
        (await walk.TypeAsync("./build.sh Adopt --dry-run")).MustExitWith(0);
        (await walk.TypeAsync("./build.sh Adopt")).MustExitWith(0);
        (await walk.TypeAsync("./build.sh Migrate")).MustExitWith(0);
        Assert.False(await walk.HasAsync("items"));

        await ForgetAsync(walk);
        (await walk.TypeAsync("./build.sh Adopt --from none")).MustExitWith(0);
    });

    private static Task ForgetAsync(Walk walk) => walk.Release.ExecuteAsync("DROP SCHEMA belay CASCADE");

    /// <summary>The sample's login fails until the sample's migration has run, which is not what these commands are about.</summary>
    private static void LogNobodyIn(Walk walk)
    {
        walk.Environment["SMOKE_MODE"] = "health";
        walk.Environment["SMOKE_STATUS"] = "405";
    }
}
