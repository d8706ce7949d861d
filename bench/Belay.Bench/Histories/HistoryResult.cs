namespace Belay.Bench.Histories;

/// <summary>All runs of one history under one tool.</summary>
internal sealed record HistoryResult(History History, string Tool, IReadOnlyList<HistoryRun> Runs)
{
    /// <summary>The median of wall seconds.</summary>
    public double Seconds => Median(run => run.Cost.Seconds);

    /// <summary>The median of processor seconds of the tool.</summary>
    public double Client => Median(run => run.Cost.Client);

    /// <summary>The median of processor seconds of the server.</summary>
    public double Server => Median(run => run.Cost.Server);

    /// <summary>The last round's run.</summary>
    public HistoryRun Last => Runs[^1];

    private double Median(Func<HistoryRun, double> value)
    {
        var sorted = Runs.Select(value).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
