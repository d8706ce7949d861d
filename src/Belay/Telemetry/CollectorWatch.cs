namespace Belay.Telemetry;

/// <summary>Notes what a collector answers: its library tells nobody.</summary>
/// <param name="inner">The way to the collector; null for real connections.</param>
#pragma warning disable CA2000 // The handler disposes the inner one.
internal sealed class CollectorWatch(HttpMessageHandler? inner = null) : DelegatingHandler(inner ?? WithoutRedirects())
#pragma warning restore CA2000
{
    private const string GrpcStatus = "grpc-status";

    private volatile string? fault;

    /// <summary>Why the first request that was not taken was not, as a clause; null when all were, or none was sent. What came through
    /// afterwards does not bring it back.</summary>
    public string? Fault => fault;

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Judged(base.Send(request, cancellationToken));
        }
        catch (Exception exception)
        {
            fault ??= Reason(exception);
            throw;
        }
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            return Judged(response);
        }
        catch (Exception exception)
        {
            fault ??= Reason(exception);
            throw;
        }
    }

    /// <summary>A redirect would carry headers with keys to a host that nobody named.</summary>
    private static SocketsHttpHandler WithoutRedirects() => new() { AllowAutoRedirect = false, UseCookies = false };

    private HttpResponseMessage Judged(HttpResponseMessage response)
    {
        var refusal = response.Headers.Concat(response.TrailingHeaders)
            .FirstOrDefault(header => header.Key.Equals(GrpcStatus, StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();
        fault ??= !response.IsSuccessStatusCode ? $"it answered {(int)response.StatusCode}"
            : refusal is not (null or "0") ? $"it answered with gRPC status {HarmlessText.Of(refusal)}"
            : null;
        return response;
    }

    private static string Reason(Exception exception) => exception is OperationCanceledException
        ? "it did not answer"
        : $"it cannot be reached: {HarmlessText.Of(exception.InnerException?.Message ?? exception.Message)}";
}
