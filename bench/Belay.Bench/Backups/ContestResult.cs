using Belay.Bench.Measuring;

namespace Belay.Bench.Backups;

/// <summary>All runs of one contestant.</summary>
/// <param name="Runs">What each run cost; empty when it was left out.</param>
/// <param name="StoredBytes">What the last run stored.</param>
internal sealed record ContestResult(Contestant Contestant, IReadOnlyList<Measurement> Runs, long StoredBytes)
{
    /// <summary>The median of wall seconds.</summary>
    public double Seconds => Median(run => run.Seconds);

    /// <summary>The median of CPU seconds.</summary>
    public double CpuSeconds => Median(run => run.CpuSeconds);

    /// <summary>The largest of all peaks: memory is a limit, so its median says nothing.</summary>
    public long PeakBytes => Runs.Max(run => run.PeakBytes);

    private double Median(Func<Measurement, double> value)
    {
        var sorted = Runs.Select(value).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
