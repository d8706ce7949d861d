namespace Belay.Local;

/// <summary>A file that one process at a time holds open; the system frees it when that process ends, however it ends.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Takes the lock, waiting for another holder.</summary>
    /// <param name="path">The file; created when missing.</param>
    /// <param name="patience">How long to wait at most.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Disposing it frees the lock.</returns>
    /// <exception cref="LocalException">Another process held the lock all the time.</exception>
    public static async Task<IDisposable> TakeAsync(string path, TimeSpan patience, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
            {
                if (TimeProvider.System.GetElapsedTime(started) >= patience)
                {
                    throw new LocalException($"Another run holds {path}; waited {Quantity.Duration(patience)} for it.", "wait until that run has ended, then repeat the command", exception);
                }
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
