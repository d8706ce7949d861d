namespace Belay.Backups.Archive;

/// <summary>The first bytes of an archive in a file: pg_dump writes the table of contents first.</summary>
internal sealed class ArchiveHead : IDisposable
{
    private const long Smallest = 4L << 20;
    private const long Largest = 64L << 20;
    private const long PerRelation = 4L << 10;

    private readonly FileStream file;
    private readonly long limit;

    public ArchiveHead(string folder, long relations)
    {
        Path = System.IO.Path.Combine(folder, $"belay-toc-{Guid.NewGuid():N}");
        limit = Math.Clamp(relations * PerRelation, Smallest, Largest);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        file = new FileStream(Path, options);
    }

    public string Path { get; }

    /// <summary>Whether the archive went on after what was kept.</summary>
    public bool IsCut { get; private set; }

    public void Take(ReadOnlyMemory<byte> bytes)
    {
        var room = (int)Math.Min(limit - file.Position, bytes.Length);
        file.Write(bytes.Span[..room]);
        IsCut |= room < bytes.Length;
    }

    public void Close() => file.Dispose();

    public void Dispose()
    {
        file.Dispose();
        File.Delete(Path);
    }
}
