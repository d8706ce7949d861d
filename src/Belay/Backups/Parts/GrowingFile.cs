using Belay.Storage;
using Microsoft.Win32.SafeHandles;

namespace Belay.Backups.Parts;

/// <summary>Reads a file that pg_dump is still writing, to the end that it has when pg_dump is done with it, and gives its space on the
/// disk back behind itself.</summary>
/// <param name="isComplete">Whether nothing more is written to the file.</param>
internal sealed class GrowingFile(string path, Func<bool> isComplete, CancellationToken cancellationToken) : ForwardStream
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly SafeFileHandle file = File.OpenHandle(
        path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
    private readonly DiskSpace space = new();
    private long position;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (true)
        {
            // Asked before the read: what was written before the answer is then read.
            var wasComplete = isComplete();
            var read = RandomAccess.Read(file, buffer.AsSpan(offset, count), position);
            if (read > 0)
            {
                position += read;
                space.Release(file, position);
                return read;
            }

            if (wasComplete)
            {
                return 0;
            }

            cancellationToken.WaitHandle.WaitOne(Pause);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
