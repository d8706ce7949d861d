using System.Net;
using System.Text;
using Polly;
using Polly.Retry;

namespace Belay.Notices;

/// <summary>Tells webhooks, within a bounded time and without ever failing.</summary>
/// <param name="handler">The way to the servers; null for real connections, through the proxy that the environment names.</param>
internal sealed class WebhookClient(TimeProvider timeProvider, HttpMessageHandler? handler = null) : IDisposable
{
    private const int Retries = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private readonly HttpClient client = new(handler ?? DefaultHandler())
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", "belay" } },
    };

    /// <summary>Sends a notice, up to three times.</summary>
    /// <param name="limit">How long it may take in all.</param>
    /// <param name="cancellationToken">Gives up; what was sent may have arrived.</param>
    /// <returns>Why it did not arrive, as a clause; null when the service took it.</returns>
    public async Task<string?> SendAsync(Webhook webhook, Notice notice, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        string? last = null;
        try
        {
            var body = NoticeBody.Of(notice, webhook.Kind);
            return (await Schedule().ExecuteAsync(
                async token =>
                {
                    var outcome = await TryAsync(webhook, body, token);
                    last = outcome.Fault;
                    return outcome;
                },
                both.Token)).Fault;
        }
        catch (OperationCanceledException)
        {
            return last ?? $"it did not answer within {Quantity.Duration(limit)}";
        }
        catch (Exception fault)
        {
            // A proxy of an unknown kind, or whatever else nobody thought of: no release fails for it.
            return $"it could not be told: {HarmlessText.Of(fault.Message)}";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    /// <summary>A redirect would carry the message, and its sender's trust, to a host that nobody named.</summary>
    private static SocketsHttpHandler DefaultHandler() => new() { AllowAutoRedirect = false, UseCookies = false };

    private async Task<(string? Fault, bool IsTransient)> TryAsync(Webhook webhook, string body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(webhook.Address.Reveal()))
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var status = (int)response.StatusCode;
            return response.IsSuccessStatusCode
                ? (null, false)
                : ($"it answered {status}{(status is >= 300 and < 400 ? ", and a redirect is not followed" : "")}",
                    status >= 500 || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return ($"it cannot be reached: {HarmlessText.Of(fault.InnerException?.Message ?? fault.Message)}", true);
        }
    }

    private ResiliencePipeline<(string? Fault, bool IsTransient)> Schedule()
        => new ResiliencePipelineBuilder<(string? Fault, bool IsTransient)> { TimeProvider = timeProvider }
            .AddRetry(new RetryStrategyOptions<(string? Fault, bool IsTransient)>
            {
                MaxRetryAttempts = Retries,
                Delay = Pause,
                BackoffType = DelayBackoffType.Exponential,
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Result.IsTransient),
            })
            .Build();
}
