using Build.Tests.Support;

namespace Build.Tests.Docs;

/// <summary>What the runbook tells to type when something stands that should not.</summary>
public sealed class RunbookAfterCommitTests(ReleaseWorld world)
{
    [Fact]
    [Walks("runbook.md", "A migration stopped part-way")]
    public Task A_migration_stopped_part_way() => Walk.RunAsync(world, async walk =>
    {
        await walk.Release.ExecuteAsync(
            "CREATE TABLE twice AS SELECT 1 AS id FROM generate_series(1, 2); CREATE TABLE ran (id integer); ALTER TABLE twice OWNER TO "
                + $"{world.Roles.Owner}; ALTER TABLE ran OWNER TO {world.Roles.Owner}");
        await walk.WriteAsync(
            "0002_index.sql",
            "-- belay: no-transaction\nINSERT INTO ran VALUES (1);\nCREATE UNIQUE INDEX CONCURRENTLY twice_id ON twice (id);");
        (await walk.Release.BuildAsync("Migrate")).MustExitWith(7).MustPrint("Stopped part-way");

        (await walk.TypeAsync("./build.sh Status")).MustExitWith(0).MustPrint("part-way");
        await walk.Release.ExecuteAsync("DELETE FROM twice WHERE ctid = (SELECT max(ctid) FROM twice)");
        (await walk.TypeAsync("./build.sh Migrate")).MustExitWith(0);
        Assert.Equal(1L, await walk.Release.ScalarAsync("SELECT count(*) FROM ran"));
        Assert.Equal(true, await walk.Release.ScalarAsync("SELECT indisvalid FROM pg_index WHERE indexrelid = 'twice_id'::regclass"));
    });

    [Fact]
    [Walks("runbook.md", "Another tool failed")]
    public Task Another_tool_failed() => Walk.RunAsync(world, async walk =>
    {
        await walk.Release.RunAsync("Migrate");
        (await walk.Release.BuildAsync("Migrate", "--migrator", "sh -c 'psql -X -c \"CREATE TABLE half (id integer)\"; exit 3'"))
            .MustExitWith(7)
            .MustPrint("ended with exit code 3").MustPrint("+ table public.half owner ").MustPrint("or restore backup ");

        (await walk.TypeAsync("./build.sh Status")).MustExitWith(0).MustPrint("Schema: equal now to what ").MustPrint("Backups: 2");
    });

    [Fact]
    [Walks("runbook.md", "A check fails after the commit")]
    public Task A_check_fails_after_the_commit() => Walk.RunAsync(world, async walk =>
    {
        await walk.WriteAsync(
            "0001_add_user_analysis_preferences.verify.sql",
            "-- check: few reports\n-- expect: no rows\nSELECT id FROM \"user\" WHERE max_reports > 5;");
        await walk.Release.RunAsync("Migrate");
        await walk.Release.ExecuteAsync("UPDATE \"user\" SET max_reports = 4711 WHERE id = 2");

        (await walk.TypeAsync("./build.sh Verify"))
            .MustExitWith(8)
            .MustPrint("FAILED few reports")
            .MustPrint("expected no rows, got 1 row");
        await walk.WriteAsync("0002_mend.sql", "UPDATE \"user\" SET max_reports = 5 WHERE max_reports > 5;");
        (await walk.TypeAsync("./build.sh Migrate")).MustExitWith(0);
        (await walk.Release.BuildAsync("Verify")).MustExitWith(0);
    });

    [Fact]
    [Walks("runbook.md", "Logins fail after the migration")]
    public Task Logins_fail_after_the_migration() => Walk.RunAsync(world, async walk =>
    {
        await walk.WriteAsync("0002_revoke.sql", $"REVOKE SELECT ON \"user\" FROM {world.Roles.Api};");
        (await walk.Release.BuildAsync("Migrate", "--smoke-deadline", "1s"))
            .MustExitWith(9)
            .MustPrint("500")
            .MustPrint("Committed and in force: 0001_add_user_analysis_preferences, 0002_revoke. Two ways back:")
            .MustPrint("Two ways back:\n  Migration 0002_revoke has no rollback script in ")
            .MustPrint($"./build.sh Restore --backup {walk.NewestId()} --confirm {walk.Release.Database}\n")
            .MustPrint("Migration committed (0001_add_user_analysis_preferences, 0002_revoke); login FAILED, exit code 9");
        Assert.Equal(4, await walk.Release.CountNewColumnsAsync());

        (await walk.TypeAsync("./build.sh Verify")).MustExitWith(0);
        await walk.Release.ExecuteAsync($"GRANT SELECT ON \"user\" TO {world.Roles.Api}");
        (await walk.TypeAsync("./build.sh SmokeTest")).MustExitWith(0);
    });

    [Fact]
    [Walks("runbook.md", "Going back")]
    public Task Going_back() => Walk.RunAsync(world, async walk =>
    {
        await walk.Release.RunAsync("Migrate");
        await walk.Release.ExecuteAsync("UPDATE \"user\" SET max_reports = 4711 WHERE id <= 2");

        (await walk.TypeAsync("./build.sh Rollback --dry-run")).MustExitWith(0).MustPrint("max_reports").MustPrint("database as before");
        (await walk.TypeAsync("./build.sh Rollback")).MustExitWith(2).MustPrint("DANGER").MustPrint("max_reports");
        Assert.Equal(4, await walk.Release.CountNewColumnsAsync());
        (await walk.TypeAsync("./build.sh Rollback --confirm <database>")).MustExitWith(0).MustPrint("Gate: backup ");
        Assert.Equal(0, await walk.Release.CountNewColumnsAsync());
        (await walk.ShellAsync("zstd -dc $(ls store/*/*.dump.zst | tail -1) | pg_restore -f - | grep -c 4711"))
            .MustExitWith(0)
            .MustPrint("2");
        await GoBackTwoAsync(walk);
    });

    private static async Task GoBackTwoAsync(Walk walk)
    {
        await walk.WriteAsync("0002_a.sql", "ALTER TABLE \"user\" ADD a integer;");
        await walk.WriteAsync("0002_a.rollback.sql", "ALTER TABLE \"user\" DROP a;");
        await walk.WriteAsync("0003_b.sql", "ALTER TABLE \"user\" ADD b integer DEFAULT 7;");
        await walk.WriteAsync("0003_b.rollback.sql", "ALTER TABLE \"user\" DROP b;");
        await walk.Release.RunAsync("Migrate");
        await walk.Release.ExecuteAsync("UPDATE \"user\" SET b = 8 WHERE id = 1");
        walk.Fill("<version>", "1");

        (await walk.TypeAsync("./build.sh Rollback --to <version> --dry-run")).MustExitWith(0).MustPrint("\"user\".b: 1 of ");
        (await walk.TypeAsync("./build.sh Rollback --to <version> --confirm <database>"))
            .MustExitWith(0)
            .MustPrint("0003_b rolled back")
            .MustPrint("0002_a rolled back")
            .MustPrint("2 migrations, 0003_b to 0002_a rolled back behind backup ");
        Assert.Equal("1", await walk.Release.ScalarAsync("SELECT string_agg(version::text, ',') FROM belay.migration"));
    }

    [Fact]
    [Walks("runbook.md", "The rollback failed")]
    public Task The_rollback_failed() => Walk.RunAsync(world, async walk =>
    {
        await walk.Release.RunAsync("Migrate");
        const string Script = "0001_add_user_analysis_preferences.rollback.sql";
        var mended = await File.ReadAllTextAsync(Path.Combine(walk.Release.Migrations, Script), Token);
        await walk.WriteAsync(Script, "ALTER TABLE \"user\" DROP COLUMN max_reports;\nSELECT 1/0;");
        (await walk.Release.BuildAsync("Rollback", "--confirm", walk.Release.Database)).MustExitWith(10).MustPrint($"{Script}:2:1: ");
        Assert.Equal(4, await walk.Release.CountNewColumnsAsync());

        await walk.WriteAsync(Script, mended);
        (await walk.TypeAsync("./build.sh Rollback --dry-run")).MustExitWith(0);
        (await walk.TypeAsync("./build.sh Rollback --confirm <database>")).MustExitWith(0);
        Assert.Equal(0, await walk.Release.CountNewColumnsAsync());
    });
}
