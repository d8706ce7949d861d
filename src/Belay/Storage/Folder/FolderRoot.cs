using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Belay.Storage.Folder;

/// <summary>The folder that was named as store. Belay never makes it: where it is missing, a disk is not mounted.</summary>
/// <param name="store">The store as people may see it.</param>
internal sealed class FolderRoot(string path, string store)
{
    private string? seen;

    /// <summary>Throws unless the folder is there, and still the one that was there when this run first looked.</summary>
    /// <exception cref="StoreException">It is missing or another one.</exception>
    public void Demand()
    {
        if (!Directory.Exists(path))
        {
            throw new StoreException(
                $"There is no folder {path}, which BACKUP_STORE names{(seen is null ? "" : "; it was there when this run began")}.",
                $"Mount its disk. If the store is new, make the folder: mkdir -m 700 {path}");
        }

        var now = Identity();
        if (Interlocked.CompareExchange(ref seen, now, null) is { } before && before != now)
        {
            throw new StoreException(
                $"The folder {path} of {store} is not the one that it was when this run began: its disk was unmounted or mounted, or "
                    + "somebody made it anew.",
                "See that the disk is mounted and stays so, then run the command again.");
        }
    }

    /// <summary>Makes the folders between this one and a file's, for their user alone.</summary>
    /// <param name="folder">The file's folder, at or below this one.</param>
    /// <exception cref="StoreException">This folder is missing or another one.</exception>
    public void Prepare(string folder)
    {
        Demand();
        var missing = new Stack<string>();
        for (var part = folder; part.Length > path.Length && !Directory.Exists(part); part = Path.GetDirectoryName(part)!)
        {
            missing.Push(part);
        }

        foreach (var part in missing)
        {
            Directory.CreateDirectory(part);
            FileModes.OwnerOnly(part, FileModes.Folder);
        }
    }

    /// <summary>What changes when a folder is made anew or another disk is mounted: device, number and birth.
    /// Elsewhere than on Linux the birth alone.</summary>
    private string Identity()
    {
        var buffer = new byte[NativeMethods.Size];
        if (!TryLook(buffer))
        {
            return $"{Directory.GetCreationTimeUtc(path).Ticks}";
        }

        // struct statx has one layout on every architecture: statx(2).
        long Number(int offset) => BinaryPrimitives.ReadInt64LittleEndian(buffer.AsSpan(offset));
        return $"{Number(136)}/{Number(32)}/{Number(80)}.{BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(88))}";
    }

    private bool TryLook(byte[] buffer)
    {
        try
        {
            return OperatingSystem.IsLinux() && NativeMethods.Look(NativeMethods.CurrentFolder, path, 0, NativeMethods.Wanted, buffer) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            // Older C libraries lack it.
            return false;
        }
    }

    private static class NativeMethods
    {
        /// <summary>AT_FDCWD.</summary>
        internal const int CurrentFolder = -100;

        /// <summary>STATX_INO and STATX_BTIME.</summary>
        internal const uint Wanted = 0x100 | 0x800;

        /// <summary>The size of struct statx.</summary>
        internal const int Size = 256;

        [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int Look(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] result);
    }
}
