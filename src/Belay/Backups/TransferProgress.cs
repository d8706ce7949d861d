namespace Belay.Backups;

/// <summary>Tells bytes, rate and elapsed time, a few times a second at most. Several threads may add.</summary>
internal sealed class TransferProgress(string verb, IReleaseOutput output, TimeProvider timeProvider)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly long started = timeProvider.GetTimestamp();
    private long told = timeProvider.GetTimestamp();
    private long bytes;

    public TimeSpan Elapsed => timeProvider.GetElapsedTime(started);

    public void Add(int count)
    {
        var sum = Interlocked.Add(ref bytes, count);
        var last = Interlocked.Read(ref told);
        var now = timeProvider.GetTimestamp();
        if (timeProvider.GetElapsedTime(last, now) >= Pause && Interlocked.CompareExchange(ref told, now, last) == last)
        {
            output.Progress(
                $"{verb} {Quantity.Bytes(sum)}, {Quantity.Bytes((long)(sum / Math.Max(Elapsed.TotalSeconds, 0.001)))}/s, "
                    + $"{Quantity.Duration(Elapsed)}");
        }
    }
}
