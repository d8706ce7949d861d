namespace Belay.Storage.Folder;

/// <summary>Lets one process at a time replace or delete in a folder, so that nobody changes an object
/// between the look and the deed.</summary>
internal static class FolderLock
{
    private const string FileName = ".belay.lock";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Waits up to a minute for the folder's lock; disposing the result frees it.</summary>
    /// <exception cref="StoreException">Another process holds it for longer, or the folder cannot be written.</exception>
    public static async Task<IDisposable> TakeAsync(
        string root, FolderFaults faults, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var path = Path.Combine(root, FileName);
        try
        {
            var held = await FileLock.TakeAsync(path, new Polling(timeProvider) { Pause = Pause, Patience = Longest }, cancellationToken)
                ?? throw new IOException($"another process has held it for {Quantity.Duration(Longest)}");
            FileModes.OwnerOnly(path, FileModes.File);
            return held;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw faults.Explain("lock", FileName, fault);
        }
    }
}
