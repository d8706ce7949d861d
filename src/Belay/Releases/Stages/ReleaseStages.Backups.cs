using Belay.Backups;
using Belay.Releases.Work;
using Belay.Retention;
using Belay.Settings;

namespace Belay.Releases.Stages;

/// <content>The stages that work on backups in the store.</content>
public static partial class ReleaseStages
{
    /// <summary>Proves a backup again.</summary>
    public static ReleaseStage VerifyBackup { get; } = new(BackupStages.VerifyBackupAsync)
    {
        Name = nameof(VerifyBackup),
        Description = "Proves a backup again: --backup id|latest, --proof-level readback|restored",
        Needs = SettingParts.Store,
        FaultExitCode = ExitCodes.BackupFailed,
        Own = [BackupParameters.Backup, BackupParameters.Database, .. StageParameters.OfBackup],
        Example = "--backup latest --proof-level restored",
    };

    /// <summary>Downloads a backup.</summary>
    public static ReleaseStage FetchBackup { get; } = new(BackupStages.FetchBackupAsync)
    {
        Name = nameof(FetchBackup),
        Description = "Downloads a backup as plain files, decrypted and checked: --backup id|latest --to folder",
        Needs = SettingParts.Store,
        FaultExitCode = ExitCodes.BackupFailed,
        Own = [BackupParameters.Backup, BackupParameters.Database, BackupParameters.To],
        Example = "--backup latest --to folder",
        TellsOthers = false,
    };

    /// <summary>Deletes old backups.</summary>
    public static ReleaseStage CleanupBackups { get; } = new(BackupStages.CleanupBackupsAsync)
    {
        Name = nameof(CleanupBackups),
        Description = "Deletes backups older than --retention-days, never the last good one; --dry-run only lists",
        Needs = SettingParts.Store,
        DryRun = DryRunRule.Heeds,
        FaultExitCode = ExitCodes.BackupFailed,
        Own = RetentionParameters.All,
        Example = "--dry-run",
    };

    /// <summary>Puts a backup on hold.</summary>
    public static ReleaseStage HoldBackup { get; } = new(BackupStages.HoldBackupAsync)
    {
        Name = nameof(HoldBackup),
        Description = "Keeps a backup whatever its age: --backup id --reason text",
        Needs = SettingParts.Store,
        FaultExitCode = ExitCodes.BackupFailed,
        Own = [BackupParameters.Backup, BackupParameters.Reason],
        Example = "--backup latest --reason \"before the audit\"",
    };

    /// <summary>Ends a hold.</summary>
    public static ReleaseStage ReleaseBackup { get; } = new(BackupStages.ReleaseBackupAsync)
    {
        Name = nameof(ReleaseBackup),
        Description = "Ends a hold: --backup id",
        Needs = SettingParts.Store,
        FaultExitCode = ExitCodes.BackupFailed,
        Own = [BackupParameters.Backup],
        Example = "--backup latest",
    };
}
