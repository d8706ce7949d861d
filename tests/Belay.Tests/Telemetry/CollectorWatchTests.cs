using System.Net;
using Belay.Telemetry;

namespace Belay.Tests.Telemetry;

public sealed class CollectorWatchTests
{
    /// <summary>Which of two requests a library sends first is not ours to say.</summary>
    [Theory]
    [InlineData("traces", "metrics")]
    [InlineData("metrics", "traces")]
    public async Task What_was_refused_is_told_though_another_request_is_taken_after_it(string first, string second)
    {
        using var watch = new CollectorWatch(new RefusesTraces());
        using var client = new HttpClient(watch);

        foreach (var signal in new[] { first, second })
        {
            using var response = await client.PostAsync(new Uri($"http://collector/v1/{signal}"), new StringContent(""), Token);
        }

        Assert.Equal("it answered 404", watch.Fault);
    }

    private sealed class RefusesTraces : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => Task.FromResult(new HttpResponseMessage(
                request.RequestUri!.AbsolutePath == "/v1/traces" ? HttpStatusCode.NotFound : HttpStatusCode.OK));
    }
}
