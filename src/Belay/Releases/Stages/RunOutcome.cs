namespace Belay.Releases.Stages;

/// <summary>What became of a whole run.</summary>
/// <param name="ExitCode">The process's exit code, one of <see cref="ExitCodes"/>.</param>
/// <param name="Stages">The stages that ran, in their order; only the last one can have failed.</param>
public sealed record RunOutcome(int ExitCode, IReadOnlyList<StageOutcome> Stages);
