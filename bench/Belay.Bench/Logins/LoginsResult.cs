namespace Belay.Bench.Logins;

/// <summary>What the logins met during one migration.</summary>
/// <param name="Tool">The tool that migrated.</param>
/// <param name="Milliseconds">The latencies of all logins, in order.</param>
/// <param name="Failures">How many logins failed.</param>
/// <param name="Migration">From the tool's start to its end.</param>
internal sealed record LoginsResult(string Tool, IReadOnlyList<double> Milliseconds, int Failures, TimeSpan Migration)
{
    /// <summary>How much later than the report the migration ended.</summary>
    public required TimeSpan AfterReport { get; init; }

    /// <summary>The longest login.</summary>
    public double Longest => Milliseconds[^1];

    /// <summary>The latency that a part of the logins does not exceed.</summary>
    /// <param name="part">For example 0.99.</param>
    public double Percentile(double part) => Milliseconds[(int)Math.Ceiling(part * Milliseconds.Count) - 1];
}
