namespace Belay.IntegrationTests.Storage;

/// <summary>Lets a test answer, refuse or lose a request on its way to the real server.</summary>
internal sealed class ScriptedHandler(Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> script)
    : DelegatingHandler(new SocketsHttpHandler())
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => script(request, () => base.SendAsync(request, cancellationToken));
}
