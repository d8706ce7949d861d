using Belay;
using Belay.Postgres;
using Belay.Servers;
using Build.Tests.Support;

namespace Build.Tests.Releases;

[Long]
public sealed class RehearsalTests(ReleaseWorld world)
{
    [Fact]
    public async Task A_login_that_would_fail_stops_the_release_before_it_touches_the_database()
    {
        await using var release = await world.NewReleaseAsync(Token);

        (await release.BuildAsync("Migrate", "--rehearse", "--smoke-command", "sh -c 'echo no such setting; exit 4'"))
            .MustExitWith(11)
            .MustPrint("      copy: no such setting")
            .MustPrint("sh -c 'echo no such setting; exit 4' ended with exit code 4")
            .MustPrint("the database itself was not touched");
        Assert.Equal(0, await release.CountNewColumnsAsync());

        (await release.BuildAsync("Migrate", "--max-lock", "2s", "--smoke-command", "true"))
            .MustExitWith(2)
            .MustPrint("--max-lock, --smoke-command are set, and without a rehearsal nothing is held against that")
            .MustPrint("add --rehearse");
        (await release.BuildAsync("Migrate", "--dry-run", "--rehearse"))
            .MustExitWith(2)
            .MustPrint("--rehearse is set, and with --dry-run nothing is rehearsed");
        Assert.Equal(0, await release.CountNewColumnsAsync());

        var done = (await release.BuildAsync("Migrate", "--rehearse", "--max-lock", "1min", "--smoke-command", "true"))
            .MustExitWith(0)
            .MustPrint("true on the copy: it ended with exit code 0; nobody logged in");
        Assert.Equal(4, await release.CountNewColumnsAsync());
        await AssertRecordedAsync(release, done.Output);
    }

    [Fact]
    public async Task A_server_of_others_gets_a_copy_for_a_while_and_never_that_which_is_released_to()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Backup");
        var folder = Path.Combine(release.Root, "other-server");
        await using var other = await PostgresServer.StartAsync(
            new() { Tools = world.Server.Tools, Folder = folder, Durable = false }, Token);
        var there = other.Target("postgres");
        await there.ExecuteAsync($"CREATE ROLE {world.Roles.Owner}; CREATE ROLE {world.Roles.Api}", Token);

        (await release.BuildAsync(ScratchUrl(world.Server), "Rehearse")).MustExitWith(2)
            .MustPrint("The server of SCRATCH_URL is the server that is released to, or a copy of it");
        (await release.BuildAsync(ScratchUrl(other), "Rehearse", "--max-wal", "1GiB")).MustExitWith(2)
            .MustPrint("--max-wal is set, and on the server of SCRATCH_URL");
        (await release.BuildAsync(new Dictionary<string, string?> { ["SCRATCH_URL"] = "nonsense" }, "Rehearse")).MustExitWith(2)
            .MustPrint("SCRATCH_URL ");
        (await release.BuildAsync(ScratchUrl(other), "Rehearse", "--smoke-command", "sh -c 'echo copy is $PGDATABASE'")).MustExitWith(0)
            .MustPrint("copy: copy is belay_scratch_").MustPrint("write-ahead log not measured")
            .MustNotPrint(there.Password!.Reveal());
        using (var running = release.Start(ScratchUrl(other), "Rehearse", "--smoke-command", "sh -c 'echo ready; sleep 600'"))
        {
            await running.UntilPrintedAsync("copy: ready", Token);
            running.KillHard();
            (await running.EndAsync(Token)).MustExitWith(137);
        }

        (await release.BuildAsync(ScratchUrl(other), "Rehearse")).MustExitWith(0).MustPrint("      Dropped belay_scratch_");
        Assert.Equal(3L, await there.ScalarAsync("SELECT count(*) FROM pg_database", Token));
        Assert.Equal(0, await release.CountNewColumnsAsync());
        ServicePlace.Remove(folder);

        static Dictionary<string, string?> ScratchUrl(PostgresServer server)
        {
            var target = server.Target("postgres");
            return new()
            {
                ["SCRATCH_URL"] = $"postgresql://{target.Username}:{target.Password!.Reveal()}@127.0.0.1:{server.Port}/postgres",
            };
        }
    }

    [Fact]
    public async Task A_killed_rehearsal_leaves_no_application_and_the_next_run_removes_its_server()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Backup");
        var mark = $"belay-test-{Guid.NewGuid():N}";
        using (var running = release.Start("Rehearse", "--smoke-command", $"sh -c 'echo ready {mark}; sleep 8651'"))
        {
            await running.UntilPrintedAsync("copy: ready", Token);
            running.KillHard();
            (await running.EndAsync(Token)).MustExitWith(137);
        }

        for (var attempt = 0; ProcessLines.Of(mark).Count > 0; attempt++)
        {
            Assert.True(attempt < 600, string.Join('\n', ProcessLines.Of(mark)));
            await Task.Delay(50, Token);
        }

        (await release.BuildAsync("Status")).MustExitWith(0);
        Assert.Empty(ScratchFolders(release));
        Assert.Equal(0, await release.CountNewColumnsAsync());
    }

    [Theory]
    [InlineData("restore")]
    [InlineData("migration")]
    [InlineData("rollback")]
    public async Task A_release_that_is_killed_while_it_rehearses_has_touched_nothing_and_the_next_one_goes_through(string moment)
    {
        await using var release = await world.NewReleaseAsync(Token);
        var hold = await HoldAsync(release, moment);
        using (var running = release.Start("Migrate", "--rehearse"))
        {
            await hold.ReachedAsync(running);
            running.KillHard();
            (await running.EndAsync(Token)).MustExitWith(137);
        }

        var left = ScratchFolders(release).ConvertAll(RealPath.Of);
        Assert.NotEmpty(left);
        Assert.Equal(0, await release.CountNewColumnsAsync());
        Assert.Equal(true, await release.ScalarAsync("SELECT to_regclass('belay.migration') IS NULL"));
        await hold.ReleaseAsync();

        (await release.BuildAsync("Migrate", "--rehearse")).MustExitWith(0);

        Assert.Equal(4, await release.CountNewColumnsAsync());
        Assert.Empty(ScratchFolders(release));
        Assert.DoesNotContain(
            ProcessFolder.Ids(),
            id => left.Exists(folder => ProcessFolder.Link(id, "cwd")?.StartsWith(folder, StringComparison.Ordinal) == true));
    }

    [Fact]
    public async Task A_backup_is_restored_with_the_programs_of_its_own_version_also_where_PG_BIN_names_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The other version's programs are shell scripts.");
        await using var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Backup");
        var other = Directory.CreateDirectory(Path.Combine(release.Root, "other")).FullName;
        foreach (var program in new[] { "pg_dump", "pg_restore", "initdb", "pg_ctl", "postgres" })
        {
            var file = Path.Combine(other, program);
            await File.WriteAllTextAsync(file, $"#!/bin/sh\necho '{program} (PostgreSQL) 99.1'\n", Token);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var chosen = new Dictionary<string, string?> { ["PG_BIN"] = other };
        (await release.BuildAsync(chosen, "VerifyBackup", "--proof-level", "restored")).MustExitWith(0).MustPrint("proven by restored");
        (await release.BuildAsync(chosen, "Rehearse"))
            .MustExitWith(0)
            .MustPrint($"old, in PostgreSQL {world.Server.Tools.Version}");
    }

    /// <summary>Makes the copy, and nothing else, wait at a moment of the rehearsal.</summary>
    private static async Task<(Func<RunningBuild, Task> ReachedAsync, Func<Task> ReleaseAsync)> HoldAsync(
        ReleaseUnderTest release, string moment)
    {
        if (moment == "restore")
        {
            await release.ExecuteAsync(
                """
                CREATE MATERIALIZED VIEW slow AS
                    SELECT CASE WHEN current_setting('wal_level') = 'minimal' THEN pg_sleep(600)::text ELSE 'not on a copy' END AS word;
                GRANT SELECT ON slow TO PUBLIC;
                """);
            return (
                running => UntilAsync(
                    () => ProcessLines.Of($" {release.Database} ").Any(line => line.Contains("REFRESH", StringComparison.Ordinal)),
                    running),
                () => release.ExecuteAsync("DROP MATERIALIZED VIEW slow"));
        }

        var script = Directory.EnumerateFiles(release.Migrations, moment == "rollback" ? "0001_*.rollback.sql" : "0001_*.sql")
            .Single(file => moment == "rollback" || Path.GetFileName(file).Count(character => character == '.') == 1);
        var written = await File.ReadAllTextAsync(script, Token);
        await File.WriteAllTextAsync(script, "DO $$ BEGIN RAISE NOTICE 'asleep'; PERFORM pg_sleep(600); END $$;\n" + written, Token);
        return (
            running => running.UntilPrintedAsync("NOTICE:  asleep", Token),
            () => File.WriteAllTextAsync(script, written, Token));
    }

    private static async Task UntilAsync(Func<bool> condition, RunningBuild running)
    {
        for (var attempt = 0; !condition(); attempt++)
        {
            Assert.True(attempt < 2400, $"did not happen within two minutes; the build printed:\n{running.Output}");
            await Task.Delay(50, Token);
        }
    }

    private static List<string> ScratchFolders(ReleaseUnderTest release)
        => [.. Directory.EnumerateDirectories(Path.Combine(release.Root, ".nuke", "temp"), "scratch-*")];

    /// <summary>The record has the figures that were printed, whole, as lines of its own.</summary>
    private static async Task AssertRecordedAsync(ReleaseUnderTest release, string printed)
    {
        var page = await File.ReadAllLinesAsync(release.Pages[^1], Token);
        foreach (var beginning in new[] { "In production the migrations take about ", "A restore of the whole database takes " })
        {
            var line = Assert.Single(printed.Split('\n'), line => line.TrimStart().StartsWith(beginning, StringComparison.Ordinal));
            Assert.Contains($"- {line.Trim()}", page);
        }
    }
}
