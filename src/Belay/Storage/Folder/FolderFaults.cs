namespace Belay.Storage.Folder;

/// <summary>Turns a file system's errors into messages about the store.</summary>
/// <param name="Store">The store as people may see it.</param>
/// <param name="Root">The folder whose disk is meant.</param>
internal sealed record FolderFaults(string Store, string Root)
{
    /// <summary>EROFS, and ERROR_WRITE_PROTECT of Windows.</summary>
    private static readonly int[] ReadOnly = [30, unchecked((int)0x80070013)];

    public T Guard<T>(string verb, string name, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Explain(verb, name, fault);
        }
    }

    public async Task GuardAsync(string verb, string name, Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Explain(verb, name, fault);
        }
    }

    public StoreException Explain(string verb, string name, Exception fault) => fault switch
    {
        IOException when DiskFault.IsFull(fault) => new StoreException(
            $"Cannot {verb} '{name}' in {Store}: the disk is full. Nothing of this object is kept.",
            $"Free space below {Root}, or run ./build.sh CleanupBackups to delete expired backups.",
            fault),
        IOException when ReadOnly.Contains(fault.HResult) => new StoreException(
            $"Cannot {verb} '{name}' in {Store}: the disk is mounted read-only.",
            $"Mount {Root} so that {Environment.UserName} may write, or name another store.",
            fault),
        UnauthorizedAccessException => new StoreException(
            $"Cannot {verb} '{name}' in {Store}: permission denied for the user {Environment.UserName}.",
            $"Give {Environment.UserName} read and write permission on {Root}.",
            fault),
        _ => new StoreException(
            $"Cannot {verb} '{name}' in {Store}: {fault.Message}", $"Look whether {Root} is mounted and healthy.", fault),
    };
}
