using Belay.Storage.Network;

namespace Belay.Storage.S3;

/// <summary>Gives each try a time limit that fits its size; the SDK's 100 seconds are too short for a large part on a slow line.</summary>
internal sealed class S3TimeLimits(HttpMessageHandler inner, TimeProvider timeProvider) : DelegatingHandler(inner)
{
    /// <summary>A server may copy all parts together before it answers, a terabyte of them.</summary>
    private static readonly TimeSpan CompleteLimit = TimeSpan.FromMinutes(30);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var limit = request.Method == HttpMethod.Post
            ? CompleteLimit
            : NetworkTimeoutPolicy.LimitFor(request.Content?.Headers.ContentLength ?? 0);
        using var end = new CancellationTokenSource(limit, timeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, end.Token);
        try
        {
            return await base.SendAsync(request, stop.Token);
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            // The SDK tries again after this kind of fault.
            throw new IOException($"the store did not answer within {Quantity.Duration(limit)}", fault);
        }
    }
}
