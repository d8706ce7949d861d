namespace Belay.Backups.Archive;

/// <summary>How many rows the server has counted as inserted, updated or deleted in each table.</summary>
/// <param name="ResetUtc">When it began to count; null when it never began anew.</param>
/// <param name="Tables">The tables that were written to, named as in the row counts.</param>
internal sealed record CountedWrites(DateTimeOffset? ResetUtc, IReadOnlyDictionary<string, long> Tables);
