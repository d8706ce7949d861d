namespace Belay.Bench.Histories;

/// <summary>All runs of one history under one tool.</summary>
internal sealed record HistoryResult(History History, string Tool, IReadOnlyList<HistoryRun> Runs)
{
    /// <summary>The median of wall seconds.</summary>
    public double Seconds
    {
        get
        {
            var sorted = Runs.Select(run => run.Seconds).Order().ToList();
            return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
        }
    }

    /// <summary>The last round's run.</summary>
    public HistoryRun Last => Runs[^1];
}
