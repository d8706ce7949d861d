using Belay.Sql;

namespace Belay.History;

/// <summary>A row of the history table <c>belay.migration</c>, or the newest run of a repeatable migration.</summary>
/// <param name="Version">The migration's number; 0 for a repeatable one.</param>
/// <param name="Sha256">SHA-256 of the text that ran.</param>
/// <param name="AppliedUtc">When it was committed, by the server's clock.</param>
/// <param name="AppliedBy">The role that ran it.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="BackupId">The backup that stood behind it; null for a baseline.</param>
/// <param name="Remark">Why the row is no ordinary one: a baseline, an adoption, a repair. Null for an ordinary one.</param>
public sealed record AppliedMigration(
    decimal Version,
    string Name,
    string Sha256,
    DateTimeOffset AppliedUtc,
    string AppliedBy,
    TimeSpan Duration,
    string? BackupId,
    string? Remark = null)
{
    /// <summary>Number and name as Belay's own files have them: <c>0001_add_users</c>.</summary>
    public string FullName => IsRepeatable ? $"R_{Name}" : $"{Version:0000.############################}_{Name}";

    /// <summary>Whether it has no version and is told from others by its name. The default is no.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Whether it is a run of this migration, whatever the text was then.</summary>
    /// <param name="migration">A migration of the folder.</param>
    public bool IsOf(Migration migration)
        => IsRepeatable == migration?.IsRepeatable && (IsRepeatable ? Name == migration.Name : Version == migration.Version);
}
