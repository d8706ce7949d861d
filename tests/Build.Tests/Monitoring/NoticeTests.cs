using System.Runtime.InteropServices;
using Belay.IntegrationTests.Support;
using Build.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Build.Tests.Monitoring;

public sealed class NoticeTests(ReleaseWorld world)
{
    [Fact]
    public async Task A_release_tells_its_start_and_its_end_and_who_only_looks_tells_nobody()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var release = await world.NewReleaseAsync(Token);
        var told = Told(receiver);

        var wrong = new Dictionary<string, string?> { ["WEBHOOK_URL"] = "no-address" };
        (await release.BuildAsync(wrong, "Status")).MustExitWith(0);
        (await release.BuildAsync(wrong, "Migrate"))
            .MustExitWith(2)
            .MustPrint("WEBHOOK_URL is no address that starts with https:// or http://");
        foreach (var looking in new[] { "Preflight", "Status", "PlanRelease" })
        {
            (await release.BuildAsync(told, looking)).MustExitWith(0).MustNotPrint("whr-secret-path");
        }

        (await release.BuildAsync(told, "Migrate", "--dry-run")).MustExitWith(0);
        Assert.Empty(receiver.Bodies);

        (await release.BuildAsync(told, "Migrate")).MustExitWith(0).MustNotPrint("The webhook ").MustNotPrint("whr-secret-path");

        Assert.Equal(["started", "succeeded"], receiver.Events);
        Assert.Contains("0001_add_user_analysis_preferences", receiver.Bodies[1], StringComparison.Ordinal);
        Assert.DoesNotContain(world.Roles.OwnerPassword.Reveal(), string.Concat(receiver.Bodies), StringComparison.Ordinal);
        var record = await File.ReadAllTextAsync(release.Pages[^1], Token);
        Assert.Contains("\n## Told\n\n- ", record, StringComparison.Ordinal);
        Assert.DoesNotContain("whr-secret-path", record, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_and_a_refusal_of_the_settings_are_told()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var release = await world.NewReleaseAsync(Token);
        await File.WriteAllTextAsync(Path.Combine(release.Migrations, "0002_wrong.sql"), "SELECT nothing FROM nowhere;", Token);

        (await release.BuildAsync(Told(receiver), "Migrate")).MustExitWith(6);
        Assert.Equal(["started", "failed"], receiver.Events);
        Assert.Contains("nowhere", receiver.Bodies[1], StringComparison.Ordinal);

        (await release.BuildAsync(Told(receiver), "Migrate", "--compression", "brotli")).MustExitWith(2);
        var unset = new Dictionary<string, string?>(Told(receiver)) { ["BACKUP_STORE"] = null };
        (await release.BuildAsync(unset, "Migrate")).MustExitWith(2);
        Assert.Equal("failed", receiver.Events[^1]);
        Assert.Contains("BACKUP_STORE environment variable not set", receiver.Bodies[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_a_signal_ends_is_told_as_cancelled()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var release = await world.NewReleaseAsync(Token);
        await File.WriteAllTextAsync(Path.Combine(release.Migrations, "0002_slow.sql"), "SELECT pg_sleep(60);", Token);
        using var running = release.Start(Told(receiver), "Migrate");
        await running.UntilPrintedAsync("0002_slow.sql", Token);

        running.Signal(PosixSignal.SIGINT);

        (await running.EndAsync(Token)).MustExitWith(130);
        Assert.Equal(["started", "cancelled"], receiver.Events);
    }

    [Fact]
    public async Task A_webhook_that_answers_with_500_changes_neither_the_release_nor_its_exit_code()
    {
        await using var receiver = await WebhookReceiver.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        });
        await using var release = await world.NewReleaseAsync(Token);

        (await release.BuildAsync(Told(receiver), "Migrate"))
            .MustExitWith(0)
            .MustPrint(
                $"Warning: The webhook http://127.0.0.1:{receiver.Address.Port}/*** was told neither of the start nor of the end of the "
                    + "run: it answered 500");
    }

    private static Dictionary<string, string?> Told(WebhookReceiver receiver) => new() { ["WEBHOOK_URL"] = receiver.Address.ToString() };
}
