namespace Belay.Layouts.Reading;

/// <summary>What lies in a folder of migrations and in the folders below it.</summary>
/// <remarks>
/// Names that begin with a dot are passed over: <c>.git</c>, and the folders behind the links that Kubernetes makes of a ConfigMap, which
/// hold every file twice. A folder that is a link is entered once, so that links in a circle come to an end.
/// </remarks>
internal sealed class FolderListing
{
    private readonly string root;
    private readonly HashSet<string> entered = new(StringComparer.Ordinal);

    /// <summary>Looks through a folder.</summary>
    /// <param name="path">The folder, which exists.</param>
    public FolderListing(string path)
    {
        root = path;
        var (files, folders, unreadable) = (new List<string>(), new List<string>(), new List<string>());
        Enter(new DirectoryInfo(path), (files, folders, unreadable));
        files.Sort(StringComparer.Ordinal);
        folders.Sort(StringComparer.Ordinal);
        (Files, Folders, Unreadable) = (files, folders, unreadable);
    }

    /// <summary>All files, by their paths from the folder with slashes, in ordinal order.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>All folders below, in the same form.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>Folders below that may not be looked into, with the reason.</summary>
    public IReadOnlyList<string> Unreadable { get; }

    private void Enter(DirectoryInfo folder, (List<string> Files, List<string> Folders, List<string> Unreadable) found)
    {
        if (!entered.Add(folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder.FullName))
        {
            return;
        }

        foreach (var entry in Entries(folder, found.Unreadable).Where(entry => entry.Name[0] != '.'))
        {
            var name = Path.GetRelativePath(root, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (entry is DirectoryInfo below)
            {
                found.Folders.Add(name);
                Enter(below, found);
            }
            else
            {
                found.Files.Add(name);
            }
        }
    }

    private IReadOnlyList<FileSystemInfo> Entries(DirectoryInfo folder, List<string> unreadable)
    {
        try
        {
            return [.. folder.EnumerateFileSystemInfos()];
        }
        catch (Exception exception)
            when (folder.FullName != Path.GetFullPath(root) && exception is IOException or UnauthorizedAccessException)
        {
            unreadable.Add(
                $"{folder.FullName} cannot be looked into, so it is not known whether migrations lie there: {exception.Message}");
            return [];
        }
    }
}
