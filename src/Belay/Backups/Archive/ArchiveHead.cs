namespace Belay.Backups.Archive;

/// <summary>The first bytes of an archive: pg_dump writes the table of contents first. In memory, because rows follow, which no file may
/// show when the dump is encrypted.</summary>
internal sealed class ArchiveHead : IDisposable
{
    private const long Smallest = 4L << 20;
    private const long Largest = 64L << 20;
    private const long PerRelation = 4L << 10;

    private readonly MemoryStream kept = new();
    private readonly long limit;

    /// <param name="relations">The rows of pg_class: what the table of contents grows with.</param>
    public ArchiveHead(long relations) => limit = Math.Clamp(relations * PerRelation, Smallest, Largest);

    /// <summary>Whether the archive went on after what was kept.</summary>
    public bool IsCut { get; private set; }

    public void Take(ReadOnlyMemory<byte> bytes)
    {
        var room = (int)Math.Min(limit - kept.Length, bytes.Length);
        kept.Write(bytes.Span[..room]);
        IsCut |= room < bytes.Length;
    }

    /// <summary>Feeds what was kept to a program, which may end before it has all.</summary>
    public async Task FeedAsync(Stream input, CancellationToken cancellationToken)
    {
        try
        {
            await input.WriteAsync(kept.GetBuffer().AsMemory(0, (int)kept.Length), cancellationToken);
        }
        catch (IOException)
        {
            // It has read the table of contents and ended.
            return;
        }
    }

    public void Dispose() => kept.Dispose();
}
