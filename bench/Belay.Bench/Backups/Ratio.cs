namespace Belay.Bench.Backups;

/// <summary>How what one contestant took compares with another's.</summary>
/// <param name="Aim">The most it should be; null for none.</param>
internal sealed record Ratio(string Over, string Under, double? Aim)
{
    /// <summary>The ratios that the backups aim at.</summary>
    public static IReadOnlyList<Ratio> All { get; } =
    [
        new("e", "a", 0.6),
        new("e", "b", 1.2),
        new("e", "c", 0.5),
        new("e", "d", null),
        new("f", "a", 0.8),
        new("h", "e", null),
        new("i", "f", null),
    ];

    /// <summary>The ratio of the medians; null when one of the two did not run.</summary>
    /// <param name="value">Seconds or CPU seconds.</param>
    public double? Of(IReadOnlyList<ContestResult> results, Func<ContestResult, double> value)
    {
        var (over, under) = (
            results.Single(result => result.Contestant.Key == Over), results.Single(result => result.Contestant.Key == Under));
        return over.Runs.Count == 0 || under.Runs.Count == 0 ? null : value(over) / value(under);
    }
}
