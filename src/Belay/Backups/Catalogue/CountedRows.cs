namespace Belay.Backups.Catalogue;

/// <summary>What was read of the tables themselves while the dump ran.</summary>
/// <param name="Counts">Exact rows per table; null when left out.</param>
/// <param name="LeftOut">Why they were left out; null when they were not.</param>
/// <param name="LastMigration">The newest migration in the snapshot; null for none.</param>
/// <param name="HasFailed">Whether they should have been counted.</param>
internal sealed record CountedRows(
    IReadOnlyDictionary<string, long>? Counts, string? LeftOut, decimal? LastMigration, bool HasFailed = false);
