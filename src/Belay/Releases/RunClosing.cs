using Belay.Reporting;

namespace Belay.Releases;

/// <summary>What the last block of a run that failed is made of.</summary>
internal sealed record RunClosing(Failure Failure)
{
    /// <summary>The stage that failed; null when none did.</summary>
    public string? Stage { get; init; }

    /// <summary>What the run came to; null when it did not begin.</summary>
    public RunRecord? Record { get; init; }

    /// <summary>Where the record is; null for none.</summary>
    public ReleaseFiles? Files { get; init; }
}
