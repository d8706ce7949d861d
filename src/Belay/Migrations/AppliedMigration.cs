namespace Belay.Migrations;

/// <summary>A row of the history table <c>belay.migration</c>.</summary>
/// <param name="Version">The migration's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">SHA-256 of the text that ran.</param>
/// <param name="AppliedUtc">When it was committed, by the server's clock.</param>
/// <param name="AppliedBy">The role that ran it.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="BackupId">The backup that stood behind it; null for a baseline.</param>
/// <param name="Remark">Why the row is no ordinary one: a baseline, an adoption, a repair. Null for an ordinary one.</param>
public sealed record AppliedMigration(
    long Version, string Name, string Sha256, DateTimeOffset AppliedUtc, string AppliedBy, TimeSpan Duration, string? BackupId, string? Remark = null);
