using Belay.Backups.Catalogue;

namespace Belay.Backups.Taking;

/// <summary>A dump that pg_dump ended well and that the upload has, not yet committed.</summary>
/// <param name="Contents">What the comparison of the table of contents found.</param>
internal sealed record DumpedBytes(string Contents, CountedRows Rows)
{
    /// <summary>What pg_dump warned of; empty for nothing.</summary>
    public string Warnings { get; init; } = "";
}
