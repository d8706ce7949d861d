namespace Belay.Storage;

/// <summary>How a mark is renewed and ended.</summary>
internal sealed record RenewedMarkOptions
{
    /// <summary>How long the mark lasts without being renewed.</summary>
    public required TimeSpan Life { get; init; }

    /// <summary>Renews it, setting it again if it has ended; throws <see cref="StoreException"/> when that fails.</summary>
    public required Func<CancellationToken, Task> RenewAsync { get; init; }

    public required Func<CancellationToken, Task> EndAsync { get; init; }

    /// <summary>Takes the reason when the mark may have ended; called again only after it was renewed meanwhile.</summary>
    public required Action<string> Lost { get; init; }

    public required TimeProvider TimeProvider { get; init; }
}
