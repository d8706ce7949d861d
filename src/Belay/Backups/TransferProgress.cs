namespace Belay.Backups;

/// <summary>Tells bytes, their part of what is expected, rate, elapsed and remaining time, a few times a second at most. Several threads
/// may add.</summary>
internal sealed class TransferProgress(string verb, IReleaseOutput output, TimeProvider timeProvider)
{
    private const int Whole = 100;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(99);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly long started = timeProvider.GetTimestamp();
    private long told = timeProvider.GetTimestamp();
    private long bytes;

    /// <summary>How many bytes there will be; null where nobody knows.</summary>
    public long? Expected { get; init; }

    /// <summary>What <see cref="Expected"/> is where it is an estimate, in words before it: <c>a database of</c>; null where it is
    /// exact.</summary>
    public string? Estimate { get; init; }

    public TimeSpan Elapsed => timeProvider.GetElapsedTime(started);

    public void Add(int count)
    {
        var sum = Interlocked.Add(ref bytes, count);
        var last = Interlocked.Read(ref told);
        var now = timeProvider.GetTimestamp();
        if (timeProvider.GetElapsedTime(last, now) >= Pause && Interlocked.CompareExchange(ref told, now, last) == last)
        {
            output.Progress(Text(sum));
        }
    }

    private string Text(long sum)
    {
        var rate = sum / Math.Max(Elapsed.TotalSeconds, 0.001);
        var pace = $"{Quantity.Bytes((long)rate)}/s, {Quantity.Duration(Elapsed)}";
        if (Expected is not { } expected || expected < sum || expected == 0)
        {
            return $"{verb} {Quantity.Bytes(sum)}, {pace}";
        }

        var about = Estimate is null ? "" : "about ";
        var whole = $"{(Estimate is null ? "" : $"{Estimate} ")}{Quantity.Bytes(expected)}";
        var left = TimeSpan.FromSeconds(Math.Min((expected - sum) / Math.Max(rate, 1), Longest.TotalSeconds));
        return $"{verb} {Quantity.Bytes(sum)} of {whole} ({about}{sum * Whole / expected} %), {pace}, "
            + $"{about}{Quantity.Duration(left)} left";
    }
}
