namespace Belay.Storage;

/// <summary>What a download reads and how its faults are explained.</summary>
internal sealed record StoreReadSource
{
    public required string Store { get; init; }

    public required string Name { get; init; }

    /// <summary>How many bytes the object has.</summary>
    public required long Size { get; init; }

    /// <summary>Whether an exception is a fault of the store, not a cancellation or a bug.</summary>
    public required Func<Exception, CancellationToken, bool> IsFault { get; init; }

    public required Func<Exception, StoreException> Explain { get; init; }
}
