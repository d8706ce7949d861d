using Belay.History;

namespace Belay.Migrations;

/// <summary>What a run of the migrations did.</summary>
/// <param name="Applied">The migrations applied by this run, in order.</param>
/// <param name="AlreadyApplied">How many were applied before it.</param>
/// <param name="BackupId">The backup that stood behind it; null when there was nothing to do.</param>
public sealed record MigrationOutcome(IReadOnlyList<AppliedMigration> Applied, int AlreadyApplied, string? BackupId);
