using Belay.Notices;
using Belay.Tests.Reporting;

namespace Belay.Tests.Notices;

public sealed class WebhookClientTests
{
    private static readonly Webhook Somebody = new(
        new Secret("https://hooks.example/wct-word-of-hook"), "https://hooks.example/***", WebhookKind.Json);

    [Fact]
    public async Task Nothing_that_the_network_comes_up_with_reaches_the_release()
    {
        using var client = new WebhookClient(TimeProvider.System, new Throwing(new NotSupportedException(
            "The proxy of https://hooks.example/wct-word-of-hook is of no kind")));

        Assert.Equal(
            "it could not be told: The proxy of *** is of no kind",
            await client.SendAsync(Somebody, Notice.OfStart(Records.Succeeded()), TimeSpan.FromSeconds(10), Token));
    }

    private sealed class Throwing(Exception fault) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => throw fault;
    }
}
