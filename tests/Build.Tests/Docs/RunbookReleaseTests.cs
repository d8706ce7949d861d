using Belay.Postgres;
using Build.Tests.Support;

namespace Build.Tests.Docs;

/// <summary>What the runbook tells to type before a release and when a step of one stopped before anything was committed.</summary>
public sealed class RunbookReleaseTests(ReleaseWorld world)
{
    [Fact]
    [Walks("runbook.md", "Before a release")]
    public Task Before_a_release() => Walk.RunAsync(world, async walk =>
    {
        await walk.Release.RunAsync("Migrate");
        await walk.WriteAsync("0002_more.sql", "CREATE TABLE more (id integer);");

        (await walk.TypeAsync("./build.sh Preflight")).MustExitWith(0).MustPrint("pg_dump ");
        (await walk.TypeAsync("./build.sh Migrate --dry-run")).MustExitWith(0).MustPrint("0002_more.sql would pass");
        (await walk.TypeAsync("./build.sh Status"))
            .MustExitWith(0)
            .MustPrint("Migrations: 1 applied, 1 pending")
            .MustPrint("Schema: equal now to what release behind backup ");
        (await walk.TypeAsync("./build.sh Backup")).MustExitWith(0);
        (await walk.TypeAsync("./build.sh Rehearse"))
            .MustExitWith(0)
            .MustPrint("0002_more.sql:1 CREATE TABLE: ")
            .MustPrint("0002_more.sql: no rollback script, so from there the way back is a restore")
            .MustPrint("1 migration rehearsed on ");
        Assert.False(await walk.HasAsync("more"));
    });

    [Fact]
    [Walks("runbook.md", "Where does it stand?")]
    public Task Where_it_stands() => Walk.RunAsync(world, async walk =>
    {
        await walk.WriteAsync("0002_broken.sql", "CREATE TABLE half (id integer);\nSELECT 1/0;");
        (await walk.Release.BuildAsync("Migrate")).MustExitWith(6);
        walk.Environment["DATABASE_URL"] = "postgresql://ann:word-of-ann@127.0.0.1:1/app";

        (await walk.TypeAsync("./build.sh Status")).MustExitWith(0).MustPrint("Only the store is shown").MustPrint("readback");
        (await walk.TypeAsync("cat \"$(ls -t artifacts/release-*.md | head -1)\""))
            .MustExitWith(0)
            .MustPrint("division by zero")
            .MustPrint("Z-");
    });

    [Fact]
    [Walks("runbook.md", "Preflight refused")]
    public Task Preflight_refused() => Walk.RunAsync(world, async walk =>
    {
        await walk.WriteAsync("0002_wrong.sql", "ALTER TABLE absent ADD a integer;");
        (await walk.Release.BuildAsync("Migrate")).MustExitWith(3).MustPrint("stops Migrate and Rollback");
        Assert.Empty(walk.Release.Manifests);

        (await walk.TypeAsync("./build.sh Backup")).MustExitWith(0).MustPrint("proven by readback");
        await walk.WriteAsync("0002_wrong.sql", "ALTER TABLE \"user\" ADD a integer;");
        (await walk.TypeAsync("./build.sh Preflight")).MustExitWith(0);
    });

    [Fact]
    [Walks("runbook.md", "The backup failed")]
    public Task The_backup_failed() => Walk.RunAsync(world, async walk =>
    {
        await using var blocker = await walk.Release.OpenAsync();
        await blocker.ExecuteAsync("BEGIN; LOCK TABLE \"user\" IN ACCESS EXCLUSIVE MODE", Token);
        (await walk.Release.BuildAsync("Backup", "--backup-lock-wait", "1s")).MustExitWith(4).MustPrint("lock");
        Assert.Empty(walk.Release.StoredFiles);

        var typed = walk.TypeAsync("./build.sh Backup --backup-lock-wait 2min");
        while (!typed.IsCompleted
            && await walk.Release.ScalarAsync("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = '\"user\"'::regclass") is 0L)
        {
            await Task.Delay(100, Token);
        }

        await blocker.ExecuteAsync("ROLLBACK", Token);
        (await typed).MustExitWith(0);
        (await walk.TypeAsync("./build.sh Migrate")).MustExitWith(0);
        Assert.Equal(4, await walk.Release.CountNewColumnsAsync());
    });

    [Fact]
    [Walks("runbook.md", "The gate refused")]
    public Task The_gate_refused() => Walk.RunAsync(world, async walk =>
    {
        (await walk.Release.BuildAsync("Migrate", "--skip", "Backup")).MustExitWith(5);
        Assert.Equal(0, await walk.Release.CountNewColumnsAsync());

        (await walk.TypeAsync("./build.sh Migrate")).MustExitWith(0);
        Assert.Single(walk.Release.Manifests);
        await walk.WriteAsync("0002_more.sql", "CREATE TABLE more (id integer);");
        (await walk.Release.BuildAsync("Migrate", "--skip", "Backup"))
            .MustExitWith(5)
            .MustPrint(" is not after the last recorded change of the schema");
        (await walk.TypeAsync("./build.sh Backup")).MustExitWith(0);
        (await walk.TypeAsync("./build.sh Migrate --skip Backup")).MustExitWith(0).MustPrint("Gate: backup ");
        Assert.True(await walk.HasAsync("more"));
        Assert.Equal(2, walk.Release.Manifests.Count);
    });

    [Fact]
    [Walks("runbook.md", "A migration failed before its commit")]
    public Task A_migration_failed_before_its_commit() => Walk.RunAsync(world, async walk =>
    {
        await walk.WriteAsync("0002_broken.sql", "CREATE TABLE half (id integer);\nSELECT 1/0;");
        (await walk.Release.BuildAsync("Migrate")).MustExitWith(6).MustPrint("0002_broken.sql:2:1: ERROR: division by zero");
        Assert.False(await walk.HasAsync("half"));
        Assert.Equal(1L, await walk.Release.ScalarAsync("SELECT count(*) FROM belay.migration"));

        await walk.WriteAsync("0002_broken.sql", "CREATE TABLE half (id integer);\nSELECT 1/1;");
        (await walk.TypeAsync("./build.sh Migrate --dry-run")).MustExitWith(0);
        (await walk.TypeAsync("./build.sh Migrate")).MustExitWith(0);
        Assert.True(await walk.HasAsync("half"));
    });

    [Fact]
    [Walks("runbook.md", "A run was cancelled or killed")]
    public Task A_run_was_killed() => Walk.RunAsync(world, async walk =>
    {
        await walk.WriteAsync("0002_slow.sql", "CREATE TABLE half (id integer);\nSELECT pg_sleep(600);");
        using (var running = walk.Release.Start("Migrate"))
        {
            while (await walk.Release.ScalarAsync(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'") is 0L)
            {
                await Task.Delay(100, Token);
            }

            running.KillHard();
            (await running.EndAsync(Token)).MustExitWith(137);
        }

        (await walk.TypeAsync("./build.sh Status")).MustExitWith(0).MustPrint("Migrations: 1 applied, 1 pending");
        await walk.WriteAsync("0002_slow.sql", "CREATE TABLE half (id integer);");
        (await walk.TypeAsync("./build.sh Migrate")).MustExitWith(0);
        Assert.True(await walk.HasAsync("half"));
    });
}
