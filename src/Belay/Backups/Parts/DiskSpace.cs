using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Belay.Backups.Parts;

/// <summary>Gives the disk back what was read of a file: its length stays, the bytes become a hole. Linux only;
/// elsewhere the file keeps its space.</summary>
internal sealed class DiskSpace
{
    /// <summary>FALLOC_FL_KEEP_SIZE and FALLOC_FL_PUNCH_HOLE, fallocate(2).</summary>
    private const int PunchHole = 0x01 | 0x02;

    private const long Step = 8L << 20;

    private long released;
    private bool isRefused = !OperatingSystem.IsLinux();

    /// <summary>Releases what lies before the position, in large steps.</summary>
    public void Release(SafeFileHandle file, long position)
    {
        if (isRefused || position - released < Step)
        {
            return;
        }

        var length = (position - released) / Step * Step;
        isRefused = NativeMethods.Allocate(file, PunchHole, released, length) != 0;
        released += length;
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "fallocate64", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int Allocate(SafeFileHandle file, int mode, long offset, long length);
    }
}
