namespace Belay;

/// <summary>A folder for its owner alone that goes when it is disposed; what a killed run left goes when the next one begins.</summary>
public sealed class WorkFolder : IDisposable
{
    /// <summary>What the names of folders begin with that hold a dump of several files.</summary>
    public const string DumpPrefix = "belay-dump-";

    private const string LockName = "lock";

    private readonly FileStream held;

    private WorkFolder(string folder)
    {
        Path = folder;
        held = FileLock.TryTake(PathOf(LockName), FileMode.CreateNew)
            ?? throw new IOException($"Another process holds {PathOf(LockName)}.");
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>A path in the folder.</summary>
    /// <param name="name">The last part of the path.</param>
    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes a file in the folder and opens it for writing.</summary>
    /// <param name="name">Its path from the folder.</param>
    /// <returns>The file, empty.</returns>
    /// <remarks>Opened as one that may be there already it would be emptied, and a file that was emptied has ext4 begin to write all of it
    /// to the disk when it is closed, which keeps its writer waiting.</remarks>
    /// <exception cref="IOException">There is one of that name, or it can't be made.</exception>
    internal FileStream NewFile(string name) => new(PathOf(name), FileMode.CreateNew, FileAccess.Write);

    /// <summary>Removes what killed runs left.</summary>
    /// <param name="parent">The folder that holds it; it may be missing.</param>
    /// <param name="prefix">What the names begin with.</param>
    public static void Sweep(string parent, string prefix)
    {
        foreach (var old in Directory.Exists(parent) ? Directory.GetDirectories(parent, prefix + "*") : [])
        {
            RemoveLeft(old);
        }
    }

    /// <summary>Removes leftovers beside it and makes a new folder.</summary>
    /// <param name="parent">The folder that holds it.</param>
    /// <param name="prefix">What its name begins with; folders beside it with this prefix are its like.</param>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The parent can't be written.</exception>
    public static WorkFolder Create(string parent, string prefix)
    {
        Directory.CreateDirectory(parent);
        Sweep(parent, prefix);
        var folder = System.IO.Path.Combine(parent, prefix + Guid.NewGuid().ToString("N"));
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new WorkFolder(folder);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        held.Dispose();
        RemoveLeft(Path);
    }

    /// <summary>A lock that can be taken is that of a process that is gone. A folder without one is just being made,
    /// or another user's.</summary>
    private static void RemoveLeft(string old)
    {
        try
        {
            using (var held = FileLock.TryTake(System.IO.Path.Combine(old, LockName), FileMode.Open))
            {
                if (held is null)
                {
                    return;
                }
            }

            Directory.Delete(old, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A killed pg_dump may write its last bytes meanwhile; the next run tries again.
            return;
        }
    }
}
