using System.Runtime.InteropServices;

namespace Belay.Backups.Compression;

/// <summary>Reads on a thread of its own, which waits in the read itself.</summary>
/// <remarks>
/// pg_dump writes a few KiB at a time. An asynchronous read of a pipe is a hop through the thread pool for each of these pieces,
/// which cost more processor time than everything else that is done with them.
/// </remarks>
internal static class ReadingThread
{
    /// <summary>Runs the reading; its fault is the task's.</summary>
    public static Task RunAsync(Action read)
        => Task.Factory.StartNew(
            read, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    /// <summary>Reads until the buffer is full or the source ends.</summary>
    /// <returns>How many bytes were read; 0 at the source's end.</returns>
    /// <exception cref="OperationCanceledException">Cancelled meanwhile: the end of the source may be that of a killed program.</exception>
    public static int Fill(Stream source, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        MemoryMarshal.TryGetArray<byte>(buffer, out var array);
        var length = 0;
        int count;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            count = source.Read(array.Array!, array.Offset + length, array.Count - length);
            length += count;
        }
        while (count > 0 && length < array.Count);
        cancellationToken.ThrowIfCancellationRequested();
        return length;
    }
}
