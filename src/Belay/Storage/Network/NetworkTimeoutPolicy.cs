using Azure.Core;
using Azure.Core.Pipeline;

namespace Belay.Storage.Network;

/// <summary>Gives each try a time limit that fits its size; the SDK's 100 seconds are too short for a large block on a slow line.</summary>
internal sealed class NetworkTimeoutPolicy : HttpPipelinePolicy
{
    private static readonly TimeSpan Base = TimeSpan.FromSeconds(60);

    /// <summary>Slower than this, and four blocks at a time are not worth waiting for: 128 KiB each second.</summary>
    private const double SlowestBytesPerSecond = 128 << 10;

    public static TimeSpan LimitFor(long length) => Base + TimeSpan.FromSeconds(length / SlowestBytesPerSecond);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        SetLimit(message);
        ProcessNext(message, pipeline);
    }

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        SetLimit(message);
        return ProcessNextAsync(message, pipeline);
    }

    private static void SetLimit(HttpMessage message)
        => message.NetworkTimeout = LimitFor(message.Request.Content?.TryComputeLength(out var length) == true ? length : 0);
}
