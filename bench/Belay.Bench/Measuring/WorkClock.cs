using System.Diagnostics;
using System.Globalization;

namespace Belay.Bench.Measuring;

/// <summary>Wall time since it was made, and the processor time that this process, its children and the server have taken since.</summary>
internal sealed class WorkClock(PostgresPlace place)
{
    private const double TicksPerSecond = 100;

    /// <summary>The server counts a session when its process is gone.</summary>
    private static readonly TimeSpan EndOfSessions = TimeSpan.FromMilliseconds(100);

    private readonly long begun = Stopwatch.GetTimestamp();
    private readonly (double Client, double Server) before = Used(place);

    /// <summary>What it was until now.</summary>
    public async Task<WorkCost> ReadAsync(CancellationToken cancellationToken)
    {
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await Task.Delay(EndOfSessions, cancellationToken);
        var now = Used(place);
        return new WorkCost(seconds, now.Client - before.Client, now.Server - before.Server);
    }

    private static (double Client, double Server) Used(PostgresPlace place)
        => OperatingSystem.IsLinux() ? (Of(Environment.ProcessId), Of(place.ProcessId)) : (0, 0);

    /// <summary>User and system time of a process and of its children that have ended: proc(5), the fields 14 to 17.</summary>
    private static double Of(int processId)
    {
        var line = File.ReadAllText($"/proc/{processId}/stat");
        return line[(line.LastIndexOf(')') + 2)..].Split(' ')[11..15].Sum(field => double.Parse(field, CultureInfo.InvariantCulture))
            / TicksPerSecond;
    }
}
