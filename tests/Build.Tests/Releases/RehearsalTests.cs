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

        (await release.BuildAsync("Migrate", "--rehearse", "--max-lock", "1min", "--smoke-command", "true"))
            .MustExitWith(0)
            .MustPrint("true on the copy: it ended with exit code 0; nobody logged in");
        Assert.Equal(4, await release.CountNewColumnsAsync());
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
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(release.Root, ".nuke", "temp"), "scratch-*"));
        Assert.Equal(0, await release.CountNewColumnsAsync());
    }
}
