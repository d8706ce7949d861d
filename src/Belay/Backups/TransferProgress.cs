namespace Belay.Backups;

/// <summary>Tells bytes, rate and elapsed time, a few times a second at most.</summary>
internal sealed class TransferProgress(string verb, IReleaseOutput output, TimeProvider timeProvider)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly long started = timeProvider.GetTimestamp();
    private long told = timeProvider.GetTimestamp();
    private long bytes;

    public TimeSpan Elapsed => timeProvider.GetElapsedTime(started);

    public void Add(int count)
    {
        bytes += count;
        if (timeProvider.GetElapsedTime(told) >= Pause)
        {
            told = timeProvider.GetTimestamp();
            output.Progress($"{verb} {Quantity.Bytes(bytes)}, {Quantity.Bytes((long)(bytes / Math.Max(Elapsed.TotalSeconds, 0.001)))}/s, {Quantity.Duration(Elapsed)}");
        }
    }
}
