using Belay.Sql;

namespace Belay.History;

/// <summary>What the history keeps of a migration beside the server's clock and role.</summary>
/// <param name="Duration">How long it took.</param>
/// <param name="BackupId">The backup behind it; null for a baseline.</param>
/// <param name="Remark">Why the row is no ordinary one: a baseline, a repair. Null for an ordinary one.</param>
internal sealed record HistoryEntry(Migration Migration, TimeSpan Duration, string? BackupId, string? Remark = null)
{
    /// <summary>Whether it is known that the table keeps this version as it is. The default is no: then the server is asked.</summary>
    public bool Fits { get; init; }

    /// <summary>The number of the one transaction in which the row may be written. The default is that of none: in any.</summary>
    public long? Transaction { get; init; }
}
