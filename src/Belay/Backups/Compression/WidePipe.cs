using System.IO.Pipes;
using System.Runtime.InteropServices;
using Belay.Storage;

namespace Belay.Backups.Compression;

/// <summary>A pipe that is let fill before it is read again. Whoever made the stream below closes it.</summary>
/// <remarks>
/// pg_dump writes, and pg_restore reads, 4 KiB at a time. Whoever waits at the other end is woken by each of them, which costs both more
/// processor time than the copying; a pipe of 1 MiB keeps what they write or read in a millisecond without making anybody wait.
/// </remarks>
internal sealed class WidePipe : ForwardStream
{
    /// <summary>F_SETPIPE_SZ, fcntl(2).</summary>
    private const int SetSize = 1031;

    /// <summary>The largest pipe that a user may have by Linux's default, in bytes.</summary>
    private const int Size = 1 << 20;

    /// <summary>A read of less than this found the pipe as good as empty, in bytes.</summary>
    private const int Piece = Size / 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly Stream source;
    private readonly CancellationToken stopped;
    private bool wasEmptied;

    private WidePipe(Stream source, CancellationToken stopped) => (this.source, this.stopped) = (source, stopped);

    /// <summary>Widens a pipe where the system does that, which is Linux; any other stream comes back as it is.</summary>
    /// <param name="stopped">Ends a pause early.</param>
    public static Stream Of(Stream source, CancellationToken stopped) => Widen(source) ? new WidePipe(source, stopped) : source;

    /// <summary>Widens a pipe that is read or written.</summary>
    /// <returns>False where the system does not, or not for a user who has many of them, and of any other stream.</returns>
    public static bool Widen(Stream end)
        => OperatingSystem.IsLinux() && end is PipeStream pipe && NativeMethods.Control(pipe.SafePipeHandle, SetSize, Size) >= Size;

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (wasEmptied)
        {
            stopped.WaitHandle.WaitOne(Pause);
        }

        var length = source.Read(buffer, offset, count);
        wasEmptied = length < Math.Min(count, Piece);
        return length;
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int Control(SafeHandle file, int command, int argument);
    }
}
