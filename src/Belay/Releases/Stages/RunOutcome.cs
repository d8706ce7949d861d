namespace Belay.Releases.Stages;

/// <summary>What became of a whole run.</summary>
/// <param name="ExitCode">The process's exit code, one of <see cref="ExitCodes"/>.</param>
/// <param name="Stages">The stages that ran, in their order; only the last one can have failed.</param>
public sealed record RunOutcome(int ExitCode, IReadOnlyList<StageOutcome> Stages)
{
    /// <summary>The stages that were left out when their turn came, each with the condition that did not hold.</summary>
    public IReadOnlyDictionary<string, string> LeftOut { get; init; } = new Dictionary<string, string>();
}
