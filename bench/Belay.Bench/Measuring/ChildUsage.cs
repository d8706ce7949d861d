using System.Runtime.InteropServices;

namespace Belay.Bench.Measuring;

/// <summary>What the children of this process have used: getrusage(2), RUSAGE_CHILDREN.</summary>
internal static partial class ChildUsage
{
    private const int Children = -1;

    /// <summary>CPU seconds and peak resident bytes of all children waited for.</summary>
    public static (double CpuSeconds, long PeakBytes) Read()
        => GetUsage(Children, out var usage) == 0
            ? (
                usage.User.Seconds + usage.System.Seconds + ((usage.User.Microseconds + usage.System.Microseconds) / 1e6),
                usage.PeakKibibytes * 1024)
            : throw new InvalidOperationException($"getrusage failed with error {Marshal.GetLastPInvokeError()}.");

    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int GetUsage(int who, out Usage usage);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeValue
    {
        public long Seconds;
        public long Microseconds;
    }

    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private struct Usage
    {
        public TimeValue User;
        public TimeValue System;
        public long PeakKibibytes;
    }
}
