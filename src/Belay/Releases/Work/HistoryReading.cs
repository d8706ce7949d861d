using Belay.History;

namespace Belay.Releases.Work;

/// <summary>Reads what was applied, for the stages that only look.</summary>
internal static class HistoryReading
{
    public static Task<IReadOnlyList<AppliedMigration>> AppliedAsync(ReleaseRun run, CancellationToken cancellationToken)
        => run.Connector.ReadAsync("status", connection => MigrationHistory.ReadAsync(connection, cancellationToken), cancellationToken);

    public static Task<IReadOnlyList<PartWayMigration>> PartWayAsync(ReleaseRun run, CancellationToken cancellationToken)
        => run.Connector.ReadAsync("status", connection => PartWayHistory.ReadAsync(connection, cancellationToken), cancellationToken);
}
