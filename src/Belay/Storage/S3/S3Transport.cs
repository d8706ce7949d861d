using Amazon.Runtime;

namespace Belay.Storage.S3;

/// <summary>Gives the SDK one HTTP client for the store's whole life, whose time limits are those of <see cref="S3TimeLimits"/>.</summary>
/// <param name="handler">Carries requests; null for an ordinary handler.</param>
#pragma warning disable CA1001 // The SDK asks for the client as long as the store is used, which is to the end of the run.
internal sealed class S3Transport(HttpMessageHandler? handler, TimeProvider timeProvider) : HttpClientFactory
#pragma warning restore CA1001
{
    private readonly HttpClient client = new(
        new S3TimeLimits(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false }, timeProvider))
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => client;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
}
