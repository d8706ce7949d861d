using Belay.Bench.Measuring;

namespace Belay.Bench.Histories;

/// <summary>What became of one history under one tool.</summary>
/// <param name="Applied">How many files ran.</param>
/// <param name="Failure">Why it ended before the last file; null when all ran.</param>
internal sealed record HistoryRun(int Applied, string? Failure, WorkCost Cost, string Schema);
