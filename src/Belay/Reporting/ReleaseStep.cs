namespace Belay.Reporting;

/// <summary>A step of a run.</summary>
/// <param name="Status">What became of it: <c>Succeeded</c>, <c>Failed</c>, <c>Skipped</c>, <c>NotRun</c>, <c>Cancelled</c>.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Fact">The one fact worth knowing of it; null for none.</param>
internal sealed record ReleaseStep(string Name, string Status, double Seconds, string? Fact)
{
    /// <summary>When it began; null in older records.</summary>
    public DateTimeOffset? StartedUtc { get; init; }
}
