namespace Belay;

/// <summary>A file that one process at a time holds open; the system frees it when that process ends, however it ends.</summary>
public static class FileLock
{
    /// <summary>What a file answers that another process holds: EWOULDBLOCK of Linux and macOS, a
    /// sharing and a lock violation of Windows.</summary>
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    /// <summary>Takes the lock; null when another process holds it.</summary>
    /// <param name="path">The file, which only its owner can read when it is created.</param>
    /// <param name="mode">Whether it may be there already, and is created when missing.</param>
    /// <exception cref="IOException">The file cannot be opened for another reason.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    public static FileStream? TryTake(string path, FileMode mode = FileMode.OpenOrCreate)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new FileStream(path, options);
        }
        catch (IOException fault) when (Held.Contains(fault.HResult))
        {
            return null;
        }
    }

    /// <summary>Takes the lock, waiting for another holder; null when patience ended first. Disposing it frees the lock.</summary>
    /// <inheritdoc cref="TryTake" path="/exception"/>
    public static async Task<FileStream?> TakeAsync(string path, Polling polling, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(polling);
        FileStream? held = null;
        await polling.UntilAsync(() => (held = TryTake(path)) is not null, cancellationToken);
        return held;
    }
}
