namespace Belay.Local;

/// <summary>The lock of a part of the local profile, which another run may hold for a while.</summary>
internal static class LocalLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Takes the lock, waiting for another holder; disposing it frees the lock.</summary>
    /// <exception cref="LocalException">Another process held the lock for the whole time.</exception>
    public static async Task<IDisposable> TakeAsync(
        string path, TimeSpan patience, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return await FileLock.TakeAsync(path, new Polling(timeProvider) { Pause = Pause, Patience = patience }, cancellationToken)
            ?? throw new LocalException(
                $"Another run holds {path}; waited {Quantity.Duration(patience)} for it.",
                "wait until that run has ended, then repeat the command");
    }
}
