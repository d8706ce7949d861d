namespace Belay.Bench.Measuring;

/// <summary>What one run of one command cost, its children included.</summary>
/// <param name="Seconds">Wall time in seconds.</param>
/// <param name="CpuSeconds">User and system time of the command and all children it waited for.</param>
/// <param name="PeakBytes">The largest resident set of any one of these processes, in bytes.</param>
internal sealed record Measurement(double Seconds, double CpuSeconds, long PeakBytes, int ExitCode);
