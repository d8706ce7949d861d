namespace Belay.Backups.Parts;

/// <summary>A folder for its owner alone that goes when it is disposed; what a killed run left goes when the next one begins.</summary>
internal sealed class WorkFolder : IDisposable
{
    private const string Prefix = "belay-dump-";
    private const string LockName = "lock";

    private readonly string folder;
    private readonly FileStream held;

    private WorkFolder(string folder)
    {
        this.folder = folder;
        held = Hold(folder, FileMode.CreateNew);
    }

    /// <summary>A path in the folder.</summary>
    /// <param name="name">The last part of the path.</param>
    public string PathOf(string name) => Path.Combine(folder, name);

    /// <summary>Removes leftovers beside it and makes a new folder.</summary>
    /// <param name="parent">The folder that holds it.</param>
    public static WorkFolder Create(string parent)
    {
        Directory.CreateDirectory(parent);
        foreach (var old in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            RemoveLeft(old);
        }

        var folder = Path.Combine(parent, Prefix + Guid.NewGuid().ToString("N"));
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

    public void Dispose()
    {
        held.Dispose();
        RemoveLeft(folder);
    }

    private static FileStream Hold(string folder, FileMode mode) => new(Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None);

    /// <summary>A lock that can be taken is that of a process that is gone. A folder without one is just being made, or another user's.</summary>
    private static void RemoveLeft(string old)
    {
        try
        {
            Hold(old, FileMode.Open).Dispose();
            Directory.Delete(old, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A killed pg_dump may write its last bytes meanwhile; the next run tries again.
            return;
        }
    }
}
