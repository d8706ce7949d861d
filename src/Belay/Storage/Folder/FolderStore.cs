using System.Runtime.CompilerServices;

namespace Belay.Storage.Folder;

/// <summary>Keeps objects as files of a folder, usually on another machine's mounted disk.</summary>
/// <remarks>
/// An object is written under a hidden name, flushed to the disk and only then linked to its own name,
/// which fails when the name is taken. What a killed upload leaves is never listed and is swept later.
/// </remarks>
internal sealed class FolderStore : IBackupStore
{
    private readonly string root;
    private readonly TimeProvider timeProvider;
    private readonly FolderFaults faults;
    private readonly FolderRoot named;
    private readonly Func<string, Stream> createFile;

    /// <summary>Opens the folder, which must be there when it is first used. The folders of the prefix
    /// are created when the first object is written.</summary>
    /// <param name="location">The folder and the prefix in it.</param>
    /// <param name="timeProvider">The clock that ages leftovers.</param>
    public FolderStore(FolderStoreLocation location, TimeProvider timeProvider)
        : this(location, timeProvider, PartialFile.Create)
    {
    }

    internal FolderStore(FolderStoreLocation location, TimeProvider timeProvider, Func<string, Stream> createFile)
    {
        root = Path.GetFullPath(Path.Combine(location.Folder, location.Prefix));
        DisplayName = location.DisplayName;
        RecordKey = location.RecordKey;
        faults = new FolderFaults(DisplayName, root);
        named = new FolderRoot(Path.GetFullPath(location.Folder), DisplayName);
        this.timeProvider = timeProvider;
        this.createFile = createFile;
    }

    /// <inheritdoc/>
    public string DisplayName { get; }

    /// <inheritdoc/>
    public BackupKey? RecordKey { get; }

    /// <inheritdoc/>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        await StoreProbe.RunAsync(this, cancellationToken);
        faults.Guard("probe", "", () => DurableFolder.TryRemoveEmpty(Path.Combine(root, StoreProbe.FormerFolder)));
    }

    /// <inheritdoc/>
    public Task<StoredObject?> FindAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(faults.Guard("look for", name, () => Describe(PathOf(name))));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var found in await Task.Run(() => faults.Guard("list", prefix, () => ReadAll(prefix)), cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return found;
        }
    }

    /// <inheritdoc/>
    public Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(faults.Guard<Stream>("read", name, () =>
        {
            var path = PathOf(name);
            if (!File.Exists(path))
            {
                throw StoreFaults.Missing(DisplayName, name);
            }

            return new FileStream(path, new FileStreamOptions
            {
                Access = FileAccess.Read,
                Share = FileShare.Read | FileShare.Delete,
                BufferSize = 1 << 17,
                Options = FileOptions.SequentialScan | FileOptions.Asynchronous,
            });
        }));
    }

    /// <inheritdoc/>
    public Task<IObjectUpload> BeginUploadAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(faults.Guard<IObjectUpload>("create", name, () =>
        {
            var path = PathOf(name);
            if (File.Exists(path))
            {
                throw StoreFaults.Taken(DisplayName, name);
            }

            named.Prepare(Path.GetDirectoryName(path)!);
            var partial = PartialFile.PathFor(path);
            PartialFile.FindAbandoned(Path.GetDirectoryName(path)!, timeProvider.GetUtcNow()).ToList().ForEach(File.Delete);
            return new FolderUpload(new FolderUploadTarget(name, path, partial, faults), createFile(partial), () => Describe(path));
        }));
    }

    /// <inheritdoc/>
    public Task CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        => SmallObject.CreateAsync(this, name, content, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> ReplaceAsync(StoredObject expected, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var path = PathOf(expected.Name);
        using var held = await LockAsync(cancellationToken);
        if (Describe(path) is not { } current || current.Version != expected.Version)
        {
            return false;
        }

        var partial = PartialFile.PathFor(path);
        await faults.GuardAsync("replace", expected.Name, async () =>
        {
            try
            {
                await PartialFile.WriteAsync(createFile(partial), content, cancellationToken);
                PartialFile.MakeYoungerThan(partial, current.LastModified);
                File.Move(partial, path, overwrite: true);
                DurableFolder.Flush(Path.GetDirectoryName(path)!);
            }
            finally
            {
                File.Delete(partial);
            }
        });
        return true;
    }

    /// <inheritdoc/>
    public async Task<IAsyncDisposable> UseAsync(string name, Action<string> lost, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        using var held = await LockAsync(cancellationToken);
        if (!File.Exists(path))
        {
            throw StoreFaults.Missing(DisplayName, name);
        }

        var mark = HiddenFile.PathFor(path, FolderMarks.Extension);
        Task OnMarkAsync(Action action) => faults.GuardAsync("mark as in use", name, () => Task.Run(action, CancellationToken.None));
        await OnMarkAsync(() => FolderMarks.Write(mark, timeProvider.GetUtcNow()));
        return new RenewedMark(new RenewedMarkOptions
        {
            Life = FolderMarks.Life,
            RenewAsync = _ => OnMarkAsync(() => FolderMarks.Write(mark, timeProvider.GetUtcNow())),
            EndAsync = _ => OnMarkAsync(() => File.Delete(mark)),
            Lost = lost,
            TimeProvider = timeProvider,
        });
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(StoredObject expected, CancellationToken cancellationToken)
    {
        var path = PathOf(expected.Name);
        using var held = await LockAsync(cancellationToken);
        return faults.Guard("delete", expected.Name, () =>
        {
            if (Describe(path) is not { } current)
            {
                return true;
            }

            if (current.Version != expected.Version)
            {
                return false;
            }

            if (current.Protection is { } reason)
            {
                throw StoreFaults.Protected(DisplayName, expected.Name, reason);
            }

            FolderMarks.Sweep(path);
            File.Delete(path);
            DurableFolder.Flush(Path.GetDirectoryName(path)!);
            return true;
        });
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> SweepUploadsAsync(bool dryRun, CancellationToken cancellationToken)
        => Task.Run(() => faults.Guard("sweep", "", () => Sweep(dryRun)), cancellationToken);

    private IReadOnlyList<string> Sweep(bool dryRun)
    {
        named.Demand();
        return [.. PartialFile.FindAbandoned(root, timeProvider.GetUtcNow()).Select(path => Sweep(path, dryRun))];
    }

    private Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        faults.Guard("lock", "", () =>
        {
            named.Prepare(root);
            return true;
        });
        return FolderLock.TakeAsync(root, faults, timeProvider, cancellationToken);
    }

    private string Sweep(string path, bool dryRun)
    {
        var size = new FileInfo(path).Length;
        if (!dryRun)
        {
            File.Delete(path);
        }

        return $"Delete {NameOf(path)} ({Quantity.Bytes(size)}): its upload was killed";
    }

    /// <summary>Whatever is done to an object begins here, so a folder that went away is noticed each time.</summary>
    private string PathOf(string name)
    {
        named.Demand();
        return Path.Combine(root, ObjectName.Check(name));
    }

    private List<StoredObject> ReadAll(string prefix)
    {
        named.Demand();
        var folder = Path.Combine(root, prefix[..(prefix.LastIndexOf('/') + 1)]);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var paths = Directory.EnumerateFiles(
            folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false })
                .ToList();
        var marked = FolderMarks.Marked(paths, timeProvider.GetUtcNow());
        return paths
            .Where(path => !NameOf(path).Split('/').Any(segment => segment.StartsWith('.')))
            .Where(path => NameOf(path).StartsWith(prefix, StringComparison.Ordinal))
            .Select(path => Describe(path, marked)).OfType<StoredObject>()
            .OrderBy(found => found.Name, StringComparer.Ordinal)
            .ToList();
    }

    private string NameOf(string path) => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');

    private StoredObject? Describe(string path)
        => Directory.Exists(Path.GetDirectoryName(path))
            ? Describe(path, FolderMarks.Marked(FolderMarks.Of(path), timeProvider.GetUtcNow()))
            : null;

    private StoredObject? Describe(string path, IReadOnlySet<string> marked)
    {
        var file = new FileInfo(path);
        return file.Exists
            ? new StoredObject(
                NameOf(path), file.Length, new DateTimeOffset(file.LastWriteTimeUtc), $"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}")
            {
                Protection = marked.Contains(path) ? StoreFaults.InUse : null,
            }
            : null;
    }
}
