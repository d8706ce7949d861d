using System.Buffers;

namespace Belay.Storage.S3;

/// <summary>What tests change about the S3 store.</summary>
internal sealed record S3StoreOptions
{
    /// <summary>Carries requests; null for the SDK's own.</summary>
    public HttpMessageHandler? Transport { get; init; }

    /// <summary>Where the memory of parts comes from.</summary>
    public ArrayPool<byte> Pool { get; init; } = ArrayPool<byte>.Shared;

    /// <summary>The clock that tells whether a mark is alive, and renews marks.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
