using System.Net;

namespace Belay.Tests.Support;

/// <summary>Answers every request with the same status and keeps what was asked.</summary>
internal sealed class AnsweringHandler(HttpStatusCode status) : HttpMessageHandler
{
    public List<HttpRequestMessage> Requests { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return Task.FromResult(new HttpResponseMessage(status) { RequestMessage = request });
    }
}
