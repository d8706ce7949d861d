namespace Belay.Releases.Stages;

/// <summary>What became of a stage.</summary>
/// <param name="Fact">One fact for the summary; null when it failed.</param>
/// <param name="Failure">Why it failed, told at the end of the run; null when it did not.</param>
public sealed record StageOutcome(string Name, string? Fact, Failure? Failure)
{
    /// <summary>How long it ran.</summary>
    public TimeSpan Duration { get; init; }
}
