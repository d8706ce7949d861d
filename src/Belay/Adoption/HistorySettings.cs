namespace Belay.Adoption;

/// <summary>What is to be written into the history without running it.</summary>
internal sealed record HistorySettings
{
    /// <summary>The migration's number; null when it is not given.</summary>
    public decimal? Version { get; init; }

    /// <summary>Why; null when it is not given.</summary>
    public string? Reason { get; init; }

    /// <summary>The tool whose history to adopt, or <c>none</c>; null when it is not given.</summary>
    public string? From { get; init; }
}
