using System.Runtime.InteropServices;

namespace Belay.Storage.Folder;

/// <summary>The two things that .NET's file API lacks: to give a file a free name atomically, and to flush a folder.</summary>
internal static class DurableFolder
{
    private const int AlreadyExists = 17;

    /// <summary>Not permitted, not supported, not implemented: what file systems without hard links answer (vfat,
    /// some network shares).</summary>
    private static readonly int[] NoHardLinks = [1, 38, 45, 95, 102];

    /// <summary>Renames a file unless the new name is taken. File.Move looks first and renames then, which is a race.</summary>
    /// <returns>False when the name is taken.</returns>
    public static bool TryGiveName(string partial, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return TryMove(partial, path);
        }

        if (NativeMethods.Link(partial, path) == 0)
        {
            File.Delete(partial);
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error switch
        {
            AlreadyExists => false,
            _ when NoHardLinks.Contains(error) => TryMove(partial, path),
            _ => throw new IOException(Marshal.GetPInvokeErrorMessage(error), error),
        };
    }

    /// <summary>Makes a new or changed name survive a power failure. Windows journals it by itself.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = NativeMethods.Open(folder, 0);
        if (descriptor < 0)
        {
            throw new IOException(Marshal.GetLastPInvokeErrorMessage(), Marshal.GetLastPInvokeError());
        }

        // Some network file systems cannot flush a folder and say so; the name is then as durable as they make it.
        _ = NativeMethods.Flush(descriptor);
        _ = NativeMethods.Close(descriptor);
    }

    /// <summary>Removes a folder with nothing in it; does nothing to another.</summary>
    /// <returns>Whether it is gone.</returns>
    public static bool TryRemoveEmpty(string folder)
    {
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }

        return !Directory.Exists(folder);
    }

    private static bool TryMove(string partial, string path)
    {
        try
        {
            File.Move(partial, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "link", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int Link(
            [MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string created);

        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

        [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int Flush(int descriptor);

        [DllImport("libc", EntryPoint = "close", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int Close(int descriptor);
    }
}
