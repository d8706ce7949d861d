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
using Belay.Releases.Work;
using Belay.Reporting;
using Belay.Risks;
using Belay.Settings;
using Belay.Watching;

namespace Belay.Releases.Stages;

/// <summary>The stages of a release. A stage that depends on another or is triggered by one stands after it.</summary>
public static partial class ReleaseStages
{
    private const SettingParts Release = SettingParts.Database | SettingParts.Store | SettingParts.Migrations;
    private const SettingParts Trial = SettingParts.Database | SettingParts.Migrations;

    // Made when it is first read: the order in which the files of this type are initialized is undefined.
    private static readonly Lazy<IReadOnlyList<ReleaseStage>> Listed = new(List);

    /// <summary>Looks at everything that a release needs.</summary>
    public static ReleaseStage Preflight { get; } = new(PreflightStage.RunAsync)
    {
        Name = nameof(Preflight),
        Description = "Looks at database, store, migrations and other sessions; changes nothing",
        Needs = Release,
        NeedsInDryRun = Trial,
        IsFirst = true,
        Own =
        [
            PreflightParameters.Drift, MigrationParameters.TargetVersion, MigrationParameters.AllowOutOfOrder, PlanningParameters.PlanFile,
            PostgresParameters.PgBin,
        ],
        TellsOthers = false,
    };

    /// <summary>Takes and proves a backup: always when it was typed, on the way to Migrate only when something is pending.</summary>
    public static ReleaseStage Backup { get; } = new(BackupStages.BackupAsync)
    {
        Name = nameof(Backup),
        Description = "Dumps the database into the store and proves the backup",
        DependsOn = [Preflight],
        Needs = Release,
        DryRun = DryRunRule.LeftOut,
        OnlyWhenPending = true,
        Work = ReleaseWork.Backup,
        FaultExitCode = ExitCodes.BackupFailed,
        Own = StageParameters.OfBackup,
        Example = "--proof-level restored",
    };

    /// <summary>Writes down what a release would run. NUKE's own member has the shorter name.</summary>
    public static ReleaseStage PlanRelease { get; } = new(PlanStage.RunAsync)
    {
        Name = nameof(PlanRelease),
        Description = "Writes artifacts/plan.json and .md: what Migrate would run, tried in a dry run; Migrate --plan-file runs it",
        Needs = Trial | SettingParts.StoreOfRehearsal | SettingParts.SmokeOfCommand,
        Own =
        [
            MigrationParameters.TargetVersion, MigrationParameters.AllowOutOfOrder, BackupParameters.Backup, .. RehearsalParameters.All,
            .. RiskParameters.All, .. StageParameters.OfRunning, PostgresParameters.PgBin,
        ],
        Example = "--rehearse",
        TellsOthers = false,
    };

    /// <summary>Tries a release on a copy.</summary>
    public static ReleaseStage Rehearse { get; } = new(RehearseStage.RunAsync)
    {
        Name = nameof(Rehearse),
        Description = "Restores a backup into a scratch server and runs pending migrations, checks and rollbacks there; needs no database",
        Needs = Release | SettingParts.SmokeOfCommand,
        FaultExitCode = ExitCodes.RehearsalRefused,
        Own =
        [
            BackupParameters.Backup, .. RehearsalParameters.All, .. RiskParameters.All, .. StageParameters.OfRunning,
            PostgresParameters.PgBin,
        ],
        Example = "--backup latest --max-lock 5s",
    };

    /// <summary>Runs the checks.</summary>
    public static ReleaseStage Verify { get; } = new(VerifyStage.RunAsync)
    {
        Name = nameof(Verify),
        Description = "Runs the checks of all applied migrations, read-only",
        Needs = SettingParts.Database | SettingParts.Migrations,
        DryRun = DryRunRule.LeftOut,
        FaultExitCode = ExitCodes.VerificationFailed,
        Own = [MigrationParameters.RequireChecks],
    };

    /// <summary>Logs in.</summary>
    public static ReleaseStage SmokeTest { get; } = new(SmokeTestStage.RunAsync)
    {
        Name = nameof(SmokeTest),
        Description = "Logs in as a user would, and with a wrong password",
        Needs = SettingParts.Smoke,
        DryRun = DryRunRule.LeftOut,
        FaultExitCode = ExitCodes.SmokeTestFailed,
    };

    /// <summary>Watches a release that is over.</summary>
    public static ReleaseStage Watch { get; } = new(WatchStage.RunAsync)
    {
        Name = nameof(Watch),
        Description = "Repeats logins and checks for a while, and reads what the server counts and logs; after Migrate or alone",
        Needs = SettingParts.Database | SettingParts.Migrations | SettingParts.SmokeIfSet,
        DryRun = DryRunRule.LeftOut,
        FaultExitCode = ExitCodes.VerificationFailed,
        Own = WatchParameters.All,
        Example = "--for 10min",
    };

    /// <summary>Runs the pending migrations.</summary>
    public static ReleaseStage Migrate { get; } = new(MigrateStage.RunAsync)
    {
        Name = nameof(Migrate),
        ChangesDatabase = true,
        Description = "The whole release: runs the pending migrations behind a proven backup, then Verify and SmokeTest",
        DependsOn = [Backup],
        Triggers = [Verify, SmokeTest],
        Needs = Release | SettingParts.SmokeOfCommand,
        NeedsInDryRun = Trial,
        DryRun = DryRunRule.Heeds,
        Work = ReleaseWork.Migration,
        FaultExitCode = ExitCodes.MigrationPartWay,
        IsFirst = true,
        Own =
        [
            MigrationParameters.TargetVersion, MigrationParameters.AllowOutOfOrder, MigrationParameters.RequireChecks,
            BackupParameters.MaxBackupAge, .. StageParameters.OfRunning, .. MigratorParameters.All, .. PlanningParameters.All,
            .. RiskParameters.All, .. RehearsalParameters.All, RecoveryParameters.OnFailure, RecoveryParameters.EndSessions,
            MonitoringParameters.MetricsFile, .. NoticeParameters.All,
        ],
        Example = "--dry-run",
    };

    /// <summary>Runs the newest migration's rollback script. Pending migrations are not its business, so
    /// what speaks against those does not stop it.</summary>
    public static ReleaseStage Rollback { get; } = new(RollbackStage.RunAsync)
    {
        Name = nameof(Rollback),
        ChangesDatabase = true,
        Description = "Emergency: runs the newest migration's rollback script behind backup and gate; needs --confirm <database>",
        Needs = Release,
        NeedsInDryRun = Trial,
        DryRun = DryRunRule.Heeds,
        Work = ReleaseWork.Backup,
        FaultExitCode = ExitCodes.MigrationPartWay,
        IsFirst = true,
        Own =
        [
            BackupParameters.To, RecoveryParameters.Confirm, PreflightParameters.Drift, .. StageParameters.OfRunning,
            .. StageParameters.OfBackup,
        ],
        Example = "--dry-run",
    };

    /// <summary>Puts a backup back.</summary>
    public static ReleaseStage Restore { get; } = new(RestoreStage.RunAsync)
    {
        Name = nameof(Restore),
        ChangesDatabase = true,
        Description =
            "Emergency: puts a backup in the place of the database, which stays under another name; or beside it: --to-new name",
        Needs = SettingParts.Database | SettingParts.Store | SettingParts.SmokeIfSet,
        DryRun = DryRunRule.Heeds,
        FaultExitCode = ExitCodes.RecoveryFailed,
        IsFirst = true,
        Own =
        [
            BackupParameters.Backup, BackupParameters.Database, RecoveryParameters.Confirm, RecoveryParameters.ToNew,
            RecoveryParameters.EndSessions, RecoveryParameters.DropOld,
        ],
        Example = "--backup latest --dry-run",
    };

    /// <summary>Shows where database and store stand.</summary>
    public static ReleaseStage Status { get; } = new(StatusStage.RunAsync)
    {
        Name = nameof(Status),
        Description = "Shows applied and pending migrations, and the backups",
        Needs = SettingParts.DatabaseIfSet | SettingParts.Store,
        LeavesRecord = false,
        IsFirst = true,
        Own =
        [
            BackupParameters.MaxAge, BackupParameters.Database, ReportingParameters.Releases, MigrationParameters.Migrations,
            MigrationParameters.Layout,
            MonitoringParameters.MetricsFile,
        ],
        Example = "--max-age 26h",
        TellsOthers = false,
    };

    /// <summary>Checks the stored records.</summary>
    public static ReleaseStage VerifyRecords { get; } = new(RecordStages.VerifyAsync)
    {
        Name = nameof(VerifyRecords),
        Description = "Walks the database's stored records: names the first that was changed, left out or moved, or is not signed",
        Needs = SettingParts.DatabaseIfSet | SettingParts.Store,
        LeavesRecord = false,
        TellsOthers = false,
        Own = [BackupParameters.Database, ReportingParameters.RecordPublicKey],
        Example = "--database shop",
    };

    /// <summary>Prints the guide's checklists.</summary>
    public static ReleaseStage Checklist { get; } = new(ChecklistStage.RunAsync)
    {
        Name = nameof(Checklist),
        Description = "Prints what is to be done before and after a migration, each item ticked by evidence or not, with the reason",
        Needs = SettingParts.DatabaseIfSet | SettingParts.StoreIfSet,
        LeavesRecord = false,
        TellsOthers = false,
        Own = [MigrationParameters.Migrations, MigrationParameters.Layout, BackupParameters.MaxBackupAge],
        Example = "--migrations db/migrations",
    };

    /// <summary>All stages, in the order in which every run goes through them, whatever was typed first, and the help lists them.</summary>
    public static IReadOnlyList<ReleaseStage> All => Listed.Value;

    /// <summary>The stage of a name; null when there is none.</summary>
    /// <param name="name">The name as it is declared.</param>
    public static ReleaseStage? Find(string name) => All.FirstOrDefault(stage => stage.Name == name);

    private static IReadOnlyList<ReleaseStage> List() =>
    [
        Preflight,
        PlanRelease,
        Backup,
        Rehearse,
        Migrate,
        Verify,
        SmokeTest,
        Watch,
        Rollback,
        Restore,
        Status,
        VerifyRecords,
        Checklist,
        VerifyBackup,
        FetchBackup,
        CleanupBackups,
        HoldBackup,
        ReleaseBackup,
        Baseline,
        Adopt,
        Repair,
    ];
}
