using System.Buffers;
using Azure.Core.Pipeline;

namespace Belay.Storage.Azure;

/// <summary>What tests change about the Azure store.</summary>
internal sealed record AzureStoreOptions
{
    /// <summary>Carries requests; null for the SDK's own.</summary>
    public HttpPipelineTransport? Transport { get; init; }

    /// <summary>The clock that renews leases.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where the memory of blocks comes from.</summary>
    public ArrayPool<byte> Pool { get; init; } = ArrayPool<byte>.Shared;
}
