namespace Belay.Storage.Folder;

/// <summary>Lets one process at a time replace or delete in a folder, so that nobody changes an object between the look and the deed.</summary>
internal static class FolderLock
{
    private const string FileName = ".belay.lock";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>What a file answers that another process holds: EWOULDBLOCK of Linux and macOS, a sharing and a lock violation of Windows.</summary>
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    /// <summary>Waits up to a minute for the folder's lock; disposing the result frees it.</summary>
    /// <exception cref="StoreException">Another process holds it for longer, or the folder cannot be written.</exception>
    public static async Task<IDisposable> TakeAsync(string root, FolderFaults faults, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var path = Path.Combine(root, FileName);
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                return Take(path);
            }
            catch (IOException fault) when (Held.Contains(fault.HResult) && waited < Longest)
            {
                await Task.Delay(Pause, timeProvider, cancellationToken);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw faults.Explain("lock", FileName, fault);
            }
        }
    }

    private static FileStream Take(string path)
    {
        var options = FileModes.Options(FileMode.OpenOrCreate);
        options.Access = FileAccess.ReadWrite;
        options.Share = FileShare.None;
        var held = new FileStream(path, options);
        FileModes.OwnerOnly(path, FileModes.File);
        return held;
    }
}
