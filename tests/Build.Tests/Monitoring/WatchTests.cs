using System.Runtime.InteropServices;
using System.Text.Json;
using Belay.Reporting;
using Build.Tests.Support;

namespace Build.Tests.Monitoring;

public sealed class WatchTests(ReleaseWorld world)
{
    private static readonly string[] Briefly = ["--for", "3s", "--watch-interval", "1s"];

    [Fact]
    public async Task A_release_is_watched_beside_what_was_before_it()
    {
        await using var release = await world.NewReleaseAsync(Token);

        (await release.BuildAsync(["Migrate", "Watch", .. Briefly]))
            .MustExitWith(0)
            .MustPrint("Watched for ")
            .MustPrint("Not looked at: rates before the migration: the run looked at the database for less than ten seconds before it")
            .MustPrint("A session from before the migration: \"user\": columns of before by name work; SELECT * that was prepared")
            .MustPrint("Not looked at: the server's log: permission denied for function pg_current_logfile; a superuser can allow");

        var watch = Newest(release).Watch!;
        Assert.True(watch.Logins >= 3, $"{watch.Logins} logins");
        Assert.Equal((0, 0, 0), (watch.LoginsFailed, watch.ChecksFailed, watch.DatabaseFailures));
        Assert.Equal(2, watch.Checks);
        Assert.Contains("cached plan must not change result type", Assert.Single(watch.EarlierSession), StringComparison.Ordinal);

        (await release.BuildAsync(["Migrate", "Watch", .. Briefly]))
            .MustExitWith(0)
            .MustPrint("Not looked at: sessions from before the migration: this run migrated nothing by itself");
        (await release.BuildAsync(["Watch", .. Briefly]))
            .MustExitWith(0)
            .MustPrint("Not looked at: sessions from before the migration: Watch alone can open none; ./build.sh Migrate Watch does");
        Assert.Equal(0, await release.CountBelaySessionsAsync());
    }

    [Fact]
    public async Task Checks_that_fail_end_with_8_and_logins_that_fail_with_9_and_nothing_goes_back_by_itself()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Migrate");
        await release.ExecuteAsync("UPDATE \"user\" SET max_reports = 6 WHERE id = 1");
        (await release.BuildAsync(["Watch", .. Briefly])).MustExitWith(8).MustPrint("2 of 2 runs of the checks failed, first at ");

        await release.ExecuteAsync("ALTER TABLE \"user\" RENAME COLUMN max_reports TO lost");
        (await release.BuildAsync(["Watch", .. Briefly]))
            .MustExitWith(9)
            .MustPrint("logins failed, first at ")
            .MustPrint("500 column user.max_reports does not exist");
        var watch = Newest(release).Watch!;
        Assert.Equal(watch.Logins, watch.LoginsFailed);
        Assert.Contains("500 column user.max_reports does not exist", watch.FirstLoginFailure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_seen_while_watching_names_both_ways_back_and_goes_neither()
    {
        await using var release = await world.NewReleaseAsync(Token);
        using var running = release.Start(
            ["Migrate", "Watch", "--rehearse", "--on-failure", "rollback", "--for", "8s", "--watch-interval", "1s"]);
        await running.UntilPrintedAsync("Watching for 8.0 s", Token);

        await release.ExecuteAsync("ALTER TABLE \"user\" RENAME COLUMN password_hash TO lost");

        (await running.EndAsync(Token))
            .MustExitWith(9)
            .MustPrint("logins failed, first at ")
            .MustPrint("Two ways back:")
            .MustPrint($"./build.sh Rollback --to 0 --confirm {release.Database}")
            .MustNotPrint("Going back by");
        Assert.Equal(4, await release.CountNewColumnsAsync());
        Assert.Equal(0, await release.CountBelaySessionsAsync());
    }

    [Fact]
    public async Task A_release_that_goes_back_by_itself_is_not_held_up_by_the_session_from_before()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Migrate");
        await File.WriteAllTextAsync(
            Path.Combine(release.Migrations, "0002_break.sql"), "ALTER TABLE \"user\" RENAME COLUMN password_hash TO secret_hash;", Token);
        await File.WriteAllTextAsync(
            Path.Combine(release.Migrations, "0002_break.rollback.sql"),
            "ALTER TABLE \"user\" RENAME COLUMN secret_hash TO password_hash;",
            Token);

        (await release.BuildAsync("Migrate", "Watch", "--rehearse", "--on-failure", "rollback", "--smoke-deadline", "1s"))
            .MustExitWith(9)
            .MustPrint("Way back: went back: 0002_break rolled back behind backup ")
            .MustNotPrint("Watching for");
    }

    [Fact]
    public async Task A_signal_ends_it_as_cancelled_with_what_was_seen_so_far()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Migrate");
        using var running = release.Start("Watch", "--for", "10min", "--watch-interval", "1s");
        await running.UntilPrintedAsync("Watching for 10 min", Token);
        await Task.Delay(TimeSpan.FromSeconds(2), Token);

        running.Signal(PosixSignal.SIGINT);

        (await running.EndAsync(Token)).MustExitWith(130).MustPrint("Watched for ");
        var record = Newest(release);
        Assert.Equal(ReleaseOutcome.Cancelled, record.Outcome);
        Assert.True(record.Watch!.Logins >= 1);
    }

    private static ReleaseRecord Newest(ReleaseUnderTest release)
    {
        var files = Directory.GetFiles(Path.Combine(release.Root, "artifacts"), "release-*.json");
        var file = files.OrderBy(File.GetLastWriteTimeUtc).Last();
        return JsonSerializer.Deserialize<ReleaseRecord>(File.ReadAllText(file), ReleaseJson.Options)!;
    }
}
