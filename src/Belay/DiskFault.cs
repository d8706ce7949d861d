namespace Belay;

/// <summary>What a failed write says of its disk.</summary>
internal static class DiskFault
{
    /// <summary>ENOSPC and EDQUOT of Linux and macOS, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.</summary>
    private static readonly int[] Full = [28, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>Whether the disk, or what of it this user may take, is full.</summary>
    public static bool IsFull(Exception fault) => fault is IOException && Full.Contains(fault.HResult);
}
