namespace Belay.Storage.Folder;

/// <summary>Writes a file of which nobody sees the half: it gets its name when it is whole.</summary>
internal static class WholeFile
{
    /// <summary>Writes a text, over a file that is there.</summary>
    /// <exception cref="IOException">It cannot be written, for want of room on the disk, say; what was there stays, and nothing beside
    /// it.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a right.</exception>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        var partial = $"{path}.partial";
        try
        {
            await File.WriteAllTextAsync(partial, text, cancellationToken);
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
