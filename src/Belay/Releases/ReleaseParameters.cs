using Belay.Adoption;
using Belay.Backups;
using Belay.Migrations;
using Belay.Migrators;
using Belay.Monitoring;
using Belay.Notices;
using Belay.Planning;
using Belay.Postgres;
using Belay.Preflight;
using Belay.Recovery;
using Belay.Rehearsal;
using Belay.Reporting;
using Belay.Retention;
using Belay.Risks;
using Belay.Settings;
using Belay.SmokeTests;
using Belay.Storage;
using Belay.Watching;

namespace Belay.Releases;

/// <summary>Everything that a release can be told, from the rooms of its stages.</summary>
public static class ReleaseParameters
{
    /// <summary>All parameters, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } =
    [
        .. PreflightParameters.All,
        .. PostgresParameters.All,
        .. StoreParameters.All,
        .. BackupParameters.All,
        .. RetentionParameters.All,
        .. MigrationParameters.All,
        .. MigratorParameters.All,
        .. PlanningParameters.All,
        .. RiskParameters.All,
        .. RehearsalParameters.All,
        .. AdoptionParameters.All,
        .. RecoveryParameters.All,
        .. SmokeParameters.All,
        .. WatchParameters.All,
        .. ReportingParameters.All,
        .. MonitoringParameters.All,
        .. NoticeParameters.All,
    ];
}
