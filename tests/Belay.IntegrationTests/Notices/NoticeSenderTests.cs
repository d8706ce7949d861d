using Belay.IntegrationTests.Support;
using Belay.Notices;
using Belay.Reporting;
using Microsoft.AspNetCore.Http;

namespace Belay.IntegrationTests.Notices;

public sealed class NoticeSenderTests
{
    private static readonly ReleaseRecord Run = new()
    {
        RunId = "1a2b3c",
        Targets = ["Migrate"],
        Actor = new ReleaseActor("ada", "build-7", null),
        Database = "db:5432/shop",
        StartedUtc = DateTimeOffset.UnixEpoch,
        FinishedUtc = DateTimeOffset.UnixEpoch.AddSeconds(2),
        Outcome = ReleaseOutcome.Succeeded,
        ExitCode = 0,
    };

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task The_start_comes_before_the_end(string host)
    {
        Assert.SkipUnless(host[0] != '[' || System.Net.Sockets.Socket.OSSupportsIPv6, "This machine has no IPv6.");
        await using var receiver = await WebhookReceiver.StartAsync(_ => Task.Delay(50), host);

        Assert.Null(await TellAsync(receiver.Address));

        Assert.Equal(["started", "succeeded"], receiver.Events);
    }

    [Fact]
    public async Task One_that_fails_now_and_then_is_told_again()
    {
        var attempts = 0;
        await using var receiver = await WebhookReceiver.StartAsync(context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref attempts) % 2 == 1 ? 503 : 202;
            return Task.CompletedTask;
        });

        Assert.Null(await TellAsync(receiver.Address));

        Assert.Equal(["started", "started", "succeeded", "succeeded"], receiver.Events);
    }

    [Fact]
    public async Task One_that_always_fails_is_told_three_times_and_named_without_its_secret()
    {
        await using var receiver = await WebhookReceiver.StartAsync(context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });

        Assert.Equal(
            $"The webhook http://127.0.0.1:{receiver.Address.Port}/*** was told neither of the start nor of the end of the run: it "
                + "answered 500",
            await TellAsync(receiver.Address));
        Assert.Equal(6, receiver.Bodies.Count);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed_wherever_it_leads(int status)
    {
        await using var other = await WebhookReceiver.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = other.Address.ToString();
            return Task.CompletedTask;
        });

        var warning = await TellAsync(receiver.Address);

        Assert.EndsWith($": it answered {status}, and a redirect is not followed", warning, StringComparison.Ordinal);
        Assert.Empty(other.Bodies);
        Assert.Equal(2, receiver.Bodies.Count);
    }

    [Fact]
    public async Task One_that_never_answers_holds_up_nobody_else_and_the_run_no_longer_than_the_limit()
    {
        await using var hanging = await WebhookReceiver.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var answering = await WebhookReceiver.StartAsync();
        using var sender = new NoticeSender([Of(hanging.Address), Of(answering.Address)], TimeProvider.System)
        {
            Limit = TimeSpan.FromSeconds(1),
        };

        sender.Start(Run);
        var outcomes = await sender.EndAsync(Run).WaitAsync(TimeSpan.FromSeconds(30), Token);

        Assert.StartsWith(
            $"The webhook http://127.0.0.1:{hanging.Address.Port}/*** was told neither of the start nor of the end of the run: it did not",
            outcomes[0].Warning,
            StringComparison.Ordinal);
        Assert.Null(outcomes[1].Warning);
        Assert.Equal($"http://127.0.0.1:{answering.Address.Port}/*** was told", outcomes[1].Summary);
    }

    [Fact]
    public async Task Nobody_there_is_said_in_one_sentence()
    {
        Uri gone;
        await using (var receiver = await WebhookReceiver.StartAsync())
        {
            gone = receiver.Address;
        }

        Assert.Equal(
            $"The webhook http://127.0.0.1:{gone.Port}/*** was told neither of the start nor of the end of the run: it cannot be reached: "
                + "Connection refused",
            await TellAsync(gone));
    }

    private static async Task<string?> TellAsync(Uri address)
    {
        using var sender = new NoticeSender([Of(address)], TimeProvider.System);
        sender.Start(Run);
        return (await sender.EndAsync(Run))[0].Warning;
    }

    private static Webhook Of(Uri address)
        => new(new Secret(address.ToString()), $"{address.Scheme}://{address.Authority}/***", WebhookKind.Json);
}
