namespace Belay.Storage.Folder;

/// <summary>Has files and folders belong to their user alone, whatever the umask.</summary>
internal static class FileModes
{
    /// <summary>0600.</summary>
    public const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>0700.</summary>
    public const UnixFileMode Folder = File | UnixFileMode.UserExecute;

    /// <summary>Options for a new file with mode 0600 from its first byte.</summary>
    public static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File;
        }

        return options;
    }

    /// <summary>Sets the mode where it differs. Disks without modes (vfat, some network shares) keep theirs:
    /// whoever mounted them decided.</summary>
    /// <param name="path">A file or folder.</param>
    public static void OwnerOnly(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows() || System.IO.File.GetUnixFileMode(path) == mode)
        {
            return;
        }

        try
        {
            System.IO.File.SetUnixFileMode(path, mode);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }
}
