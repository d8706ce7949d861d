using Belay.Adoption;
using Belay.Backups;
using Belay.Migrations;
using Belay.Postgres;
using Belay.Preflight;
using Belay.Settings;
using Belay.SmokeTests;
using Belay.Storage;

namespace Belay.Releases.Stages;

/// <summary>Which parameters a part of the settings is read from.</summary>
internal static class StageParameters
{
    private static readonly (SettingParts Parts, IReadOnlyList<Parameter> Parameters)[] Known =
    [
        (
            SettingParts.Database | SettingParts.DatabaseIfSet,
            [PreflightParameters.DatabaseUrl, PreflightParameters.PgPassword, PreflightParameters.DatabaseAuth]),
        (SettingParts.Store | SettingParts.StoreIfSet | SettingParts.StoreOfRehearsal, StoreParameters.All),
        (SettingParts.Smoke | SettingParts.SmokeIfSet | SettingParts.SmokeOfCommand, SmokeParameters.All),
        (SettingParts.Migrations, [MigrationParameters.Migrations, MigrationParameters.Layout]),
        (SettingParts.Version, [MigrationParameters.Version]),
        (SettingParts.Reason, [BackupParameters.Reason]),
        (SettingParts.Adoption, AdoptionParameters.All),
    ];

    /// <summary>What runs statements of migrations: how long they may wait and run.</summary>
    public static IReadOnlyList<Parameter> OfRunning { get; } =
    [
        MigrationParameters.LockTimeout, MigrationParameters.ConcurrentLockTimeout, MigrationParameters.LockBudget,
        MigrationParameters.MaxVictims, MigrationParameters.StatementTimeout, MigrationParameters.RunnerWait,
    ];

    /// <summary>What takes and proves a backup.</summary>
    public static IReadOnlyList<Parameter> OfBackup { get; } =
    [
        BackupParameters.RequiredLevel, BackupParameters.Compression, BackupParameters.Parallel, BackupParameters.BackupLockWait,
        BackupParameters.RowCountLimit, BackupParameters.Immutable, Retention.RetentionParameters.RetentionDays, PostgresParameters.PgBin,
    ];

    /// <summary>The parameters of these parts.</summary>
    public static IEnumerable<Parameter> Of(SettingParts needs)
        => Known.Where(known => (known.Parts & needs) != SettingParts.None).SelectMany(known => known.Parameters);
}
