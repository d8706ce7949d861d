using System.Text.RegularExpressions;
using Belay.Local;
using Belay.Servers;
using Build.Tests.Support;

namespace Build.Tests.Docs;

/// <summary>What the runbook tells to type when data, server, store or a backup is lost.</summary>
[Long]
[Collection(nameof(RestoringCollection))]
public sealed partial class RunbookRestoreTests(ReleaseWorld world)
{
    [Fact]
    [Walks("runbook.md", "Data is damaged")]
    public Task Data_is_damaged() => Walk.RunAsync(world, async walk =>
    {
        await walk.Release.RunAsync("Migrate");
        await walk.Release.RunAsync("Backup");
        walk.Fill("<id>", walk.NewestId());
        walk.Fill("app_restored", $"{walk.Release.Database}_restored");
        walk.Environment["DATABASE_URL"] = walk.AsSuperuser(world.Server);
        walk.Fill("<columns>", "id, username, password_hash");
        walk.Fill("<table>", "\"user\"");
        await walk.Release.ExecuteAsync("DELETE FROM \"user\" WHERE id > 9");

        (await walk.TypeAsync("./build.sh Backup")).MustExitWith(0);
        (await walk.TypeAsync("./build.sh Status")).MustExitWith(0).MustPrint("Backups: 3");
        (await walk.TypeAsync("./build.sh HoldBackup --backup <id> --reason \"before the damage\""))
            .MustExitWith(0)
            .MustPrint("on hold: before the damage");

        (await walk.TypeAsync("./build.sh Restore --backup <id> --to-new app_restored"))
            .MustExitWith(0)
            .MustPrint($"restored as {walk.Release.Database}_restored in ");

        (await walk.TypeAsync("psql -X -d <database> -c 'CREATE TABLE restored_rows AS SELECT <columns> FROM <table> WITH NO DATA'"))
            .MustExitWith(0);
        (await walk.TypeAsync(
            "psql -X -d app_restored -c 'COPY (SELECT <columns> FROM <table>) TO STDOUT' | psql -X -d <database> -c 'COPY restored_rows "
                + "FROM STDIN'"))
            .MustExitWith(0).MustPrint("COPY 15");
        await walk.Release.ExecuteAsync("INSERT INTO \"user\" SELECT * FROM restored_rows WHERE id > 9; DROP TABLE restored_rows");
        Assert.Equal(15L, await walk.Release.ScalarAsync("SELECT count(*) FROM \"user\""));
        await walk.Release.ExecuteAsync("DELETE FROM \"user\" WHERE id > 9");

        await SwitchOverAsync(walk);
        (await walk.TypeAsync("./build.sh ReleaseBackup --backup <id>")).MustExitWith(0);
    });

    private static async Task SwitchOverAsync(Walk walk)
    {
        (await walk.TypeAsync("./build.sh Restore --backup <id> --dry-run"))
            .MustExitWith(0)
            .MustPrint("public.\"user\": 9 rows now, 15 rows in the backup");
        (await walk.ShellAsync($"./build.sh Restore --backup {walk.NewestId()} --end-sessions")).MustExitWith(2)
            .MustPrint("is not confirmed; nothing was touched");
        var outcome = await walk.TypeAsync("./build.sh Restore --backup <id> --confirm <database> --end-sessions");
        outcome.MustExitWith(0).MustPrint("; login ");
        walk.Fill("<old>", OldName().Match(outcome.Output).Value);
        Assert.Equal(15L, await walk.Release.ScalarAsync("SELECT count(*) FROM \"user\""));

        (await walk.TypeAsync("./build.sh Status")).MustExitWith(0).MustPrint("Migrations: 1 applied, 0 pending");
        await walk.WriteAsync("0002_more.sql", "CREATE TABLE more (id integer);");
        (await walk.Release.BuildAsync("Migrate", "--skip", "Backup")).MustExitWith(5).MustPrint("it is of another database");
        (await walk.TypeAsync("./build.sh Backup")).MustExitWith(0);
        (await walk.TypeAsync("./build.sh Restore --drop-old <old> --confirm <old>")).MustExitWith(0).MustPrint(" dropped, ");
        (await walk.Release.BuildAsync("VerifyBackup", "--backup", "latest")).MustExitWith(4)
            .MustPrint("'latest' could be a backup of 2 databases").MustPrint("Name the backup's id (--backup <id>).");
    }

    [GeneratedRegex("[a-z0-9_]+_replaced_[0-9]{8}_[0-9]{6}")]
    private static partial Regex OldName();

    [Fact]
    [Walks("runbook.md", "The server is gone")]
    public Task The_server_is_gone() => Walk.RunAsync(world, async walk =>
    {
        await walk.Release.ExecuteAsync($"ALTER DATABASE {walk.Release.Database} SET statement_timeout = '7min'");
        await walk.Release.RunAsync("Migrate");
        walk.Fill("<id>", walk.NewestId());
        walk.Environment["DATABASE_URL"] = "postgresql://ann:word-of-ann@127.0.0.1:1/app";
        await using var server = await PostgresServer.StartAsync(
            new PostgresServerOptions
            {
                Tools = world.Server.Tools,
                Folder = Path.Combine(walk.Release.Root, "other-server"),
                Durable = false,
            }, Token);
        walk.ConnectTo(server);

        (await walk.TypeAsync("./build.sh FetchBackup --backup latest --database <database> --to restored"))
            .MustExitWith(0)
            .MustPrint("SHA-256 equal");
        (await walk.TypeAsync("psql -X -d postgres -f restored/<id>.globals.sql")).MustExitWith(0).MustPrint("already exists");
        walk.Environment["DATABASE_URL"] = walk.AsSuperuser(server);
        walk.Environment["SMOKE_URL"] = null;
        (await walk.TypeAsync("./build.sh Restore --backup <id>"))
            .MustExitWith(0)
            .MustPrint("nobody logged in, because SMOKE_URL is not set");
        (await walk.ShellAsync(
            $"! PGUSER={world.Roles.Owner} PGPASSWORD={world.Roles.OwnerPassword.Reveal()} psql -X -d {walk.Release.Database} -c "
                + "'SELECT 1'")).MustExitWith(0).MustPrint("password");
        var password = walk.Take("psql -X -d postgres -c '\\password <role>'");
        foreach (var role in new[] { world.Roles.Owner, world.Roles.Api })
        {
            // Without a terminal psql reads the password from its input.
            (await walk.ShellAsync($"printf 'given\\ngiven\\n' | setsid -w {password.Replace("<role>", role, StringComparison.Ordinal)}"))
                .MustExitWith(0);
        }

        var database = server.Target(walk.Release.Database);
        await using var api = await LoginApiServer.StartAsync(
            database with { Username = world.Roles.Api, Password = new Belay.Secret("given") }, Token);
        walk.Environment["DATABASE_URL"] = $"postgresql://{world.Roles.Owner}:given@127.0.0.1:{server.Port}/{walk.Release.Database}";
        walk.Environment["SMOKE_URL"] = api.LoginUrl.ToString();
        (await walk.TypeAsync("./build.sh Status")).MustExitWith(0).MustPrint("Backups: 1");
        (await walk.ShellAsync("./build.sh Migrate --skip Backup")).MustExitWith(5).MustPrint("it is of another database");
        (await walk.TypeAsync("./build.sh Backup")).MustExitWith(0);
        (await walk.ShellAsync("./build.sh Migrate --skip Backup")).MustExitWith(0);
        (await walk.TypeAsync("./build.sh SmokeTest")).MustExitWith(0);
        (await walk.ShellAsync(
            $"psql -X -At -d {walk.Release.Database} -c 'SHOW statement_timeout' -c \"SELECT reltuples FROM pg_class WHERE relname = "
                + "'user'\"")).MustPrint("7min\n15");
    });

    [Fact]
    [Walks("runbook.md", "The store is gone")]
    public Task The_store_is_gone() => Walk.RunAsync(world, async walk =>
    {
        await walk.Release.RunAsync("Backup");
        var away = walk.Release.Store + "-away";
        Directory.Move(walk.Release.Store, away);
        walk.Fill("/mnt/other", Path.Combine(walk.Release.Root, "other"));
        walk.Fill("/mnt/backups", walk.Release.Store);
        (await walk.Release.BuildAsync("Migrate"))
            .MustExitWith(3)
            .MustPrint($"There is no folder {walk.Release.Store}, which BACKUP_STORE names.");
        Assert.Equal(0, await walk.Release.CountNewColumnsAsync());

        (await walk.TypeAsync("mkdir -m 700 /mnt/other")).MustExitWith(0);
        (await walk.TypeAsync("./build.sh Migrate --backup-store file:///mnt/other")).MustExitWith(0);
        Assert.Equal(4, await walk.Release.CountNewColumnsAsync());
        Directory.Move(away, walk.Release.Store);
        (await walk.TypeAsync("cp -pR /mnt/other/. /mnt/backups/")).MustExitWith(0);
        Assert.Equal(2, walk.Release.Manifests.Count);
        (await walk.TypeAsync("./build.sh VerifyBackup --backup latest")).MustExitWith(0).MustPrint(walk.NewestId());
    });

    [Fact]
    [Walks("runbook.md", "A backup is damaged")]
    public Task A_backup_is_damaged() => Walk.RunAsync(world, async walk =>
    {
        await walk.Release.RunAsync("Backup");
        walk.Fill("<id>", walk.NewestId());
        (await walk.ShellAsync("dump=$(ls store/*/*.dump.zst); printf x | dd of=\"$dump\" bs=1 seek=99 conv=notrunc")).MustExitWith(0);

        (await walk.TypeAsync("./build.sh VerifyBackup --backup <id>")).MustExitWith(4).MustPrint("is not what was written");
        (await walk.Release.BuildAsync("Migrate", "--skip", "Backup")).MustExitWith(5);
        (await walk.TypeAsync("./build.sh Backup")).MustExitWith(0);
        (await walk.TypeAsync("./build.sh Status")).MustExitWith(0).MustPrint("incomplete").MustPrint("readback");
        (await walk.TypeAsync("./build.sh CleanupBackups --dry-run"))
            .MustExitWith(0)
            .MustPrint("it is the newest proven backup of its database")
            .MustPrint("its dump was replaced after it was proven, so it does not count");
    });

    [Fact]
    [Walks("runbook.md", "The store is full")]
    public Task The_store_is_full() => Walk.RunAsync(world, async walk =>
    {
        await walk.Release.ExecuteAsync(
            "CREATE TABLE noise AS SELECT i AS id, md5(i::text) || md5((-i)::text) AS text FROM generate_series(1, 30000) i; GRANT SELECT "
                + "ON noise TO PUBLIC");
        await walk.Release.TakeBackupAsync(TimeSpan.FromDays(20));
        await walk.Release.TakeBackupAsync(TimeSpan.FromDays(10));
        string[] commands =
        [
            walk.Take("./build.sh CleanupBackups --dry-run"), walk.Take("./build.sh CleanupBackups"), walk.Take("./build.sh Backup"),
        ];

        // In a mount namespace of its own, so that the file system is gone with the script, however it ends.
        await File.WriteAllTextAsync(Path.Combine(walk.Release.Root, "full.sh"), $"""
            size=$(du -sk store | cut -f 1)
            mv store kept; mkdir store
            mount -t tmpfs -o size=$((size * 5 / 4))k none store || exit 77
            cp -pR kept/. store/
            ./build.sh Backup; echo "full $?"
            for command in '{commands[0]}' '{commands[1]}' '{commands[2]}'; do $command; echo "$command: $?"; done
            """, Token);
        var outcome = await walk.ShellAsync("unshare -m sh full.sh || unshare -rm sh full.sh");
        Assert.SkipWhen(
            outcome.ExitCode == 77, $"A file system can be mounted neither by this user nor in a namespace of its own:\n{outcome.Output}");
        outcome.MustPrint("full 4\n").MustPrint("the disk is full");
        Assert.All(commands, command => outcome.MustPrint($"{command}: 0\n"));
    });
}
