using Belay.Storage;
using Belay.Storage.Folder;

namespace Belay.Backups.Proving;

/// <summary>A file that is written under a hidden name, readable by its user alone, and gets its own name at the end.</summary>
internal sealed class FetchedFile
{
    private readonly FolderFaults faults;
    private string? partial;

    /// <param name="name">The object's name; the file is called as its last segment.</param>
    public FetchedFile(string name, string folder)
    {
        Name = name;
        Path = System.IO.Path.Combine(System.IO.Path.GetFullPath(folder), name.Split('/')[^1]);
        faults = new FolderFaults(folder, folder);
    }

    /// <summary>The object's name in the store.</summary>
    public string Name { get; }

    public string Path { get; }

    public void DemandFree()
    {
        if (File.Exists(Path))
        {
            throw new StoreException(
                $"There is a file {Path} already; nothing was fetched.", "Name another folder, or move the file away.");
        }
    }

    public Task WriteAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
        => faults.GuardAsync("write", Path, async () =>
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            partial = PartialFile.PathFor(Path);
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.Asynchronous,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            await using var file = new FileStream(partial, options);
            await write(file, cancellationToken);
            await PartialFile.CloseAsync(file, cancellationToken);
        });

    public void GiveName()
    {
        if (!faults.Guard("name", Path, () => DurableFolder.TryGiveName(partial!, Path)))
        {
            DemandFree();
        }
    }

    /// <summary>Deletes what did not get its name.</summary>
    public void Discard()
    {
        if (partial is not null)
        {
            File.Delete(partial);
        }
    }
}
