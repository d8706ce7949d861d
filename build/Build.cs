using Nuke.Common;

/// <summary>The release graph on one screen. Every target is wiring: it calls one stage and reports one fact.</summary>
sealed partial class Build : NukeBuild
{
    public static int Main() => Entrance.Run(() => Execute<Build>());

    Target Preflight => _ => _
        .Description("Looks at database, store, migrations and other sessions; changes nothing")
        .Executes(() => StageAsync(nameof(Preflight), ReleaseStages.PreflightAsync));

    Target Backup => _ => _
        .Description("Dumps the database into the store and proves the backup")
        .DependsOn(Preflight)
        .OnlyWhenDynamic(() => RunsForReal(nameof(Backup)), "not in a dry run")
        .OnlyWhenDynamic(() => BackupIsNeeded, "a migration is pending")
        .Executes(() => StageAsync(nameof(Backup), BackupStages.BackupAsync));

    Target Migrate => _ => _
        .Description("The whole release: runs the pending migrations behind a proven backup, then Verify and SmokeTest")
        .DependsOn(Backup)
        .Triggers(Verify, SmokeTest)
        .Executes(() => StageAsync(nameof(Migrate), ReleaseStages.MigrateAsync));

    Target Verify => _ => _
        .Description("Runs the checks of all applied migrations, read-only")
        .After(Migrate)
        .OnlyWhenDynamic(() => RunsForReal(nameof(Verify)), "not in a dry run")
        .Executes(() => StageAsync(nameof(Verify), ReleaseStages.VerifyAsync));

    Target SmokeTest => _ => _
        .Description("Logs in as a user would, and with a wrong password")
        .After(Verify)
        .OnlyWhenDynamic(() => RunsForReal(nameof(SmokeTest)), "not in a dry run")
        .Executes(() => StageAsync(nameof(SmokeTest), ReleaseStages.SmokeTestAsync));

    Target Rollback => _ => _
        .Description("Emergency: runs the newest migration's rollback script behind backup and gate; needs --confirm <database>")
        .Executes(() => StageAsync(nameof(Rollback), RollbackStage.RunAsync));

    Target Status => _ => _
        .Description("Shows applied and pending migrations, and the backups")
        .Executes(() => StageAsync(nameof(Status), StatusStage.RunAsync));

    Target VerifyBackup => _ => _
        .Description("Proves a backup again: --backup id|latest, --proof-level readback|restored")
        .Executes(() => StageAsync(nameof(VerifyBackup), BackupStages.VerifyBackupAsync));

    Target FetchBackup => _ => _
        .Description("Downloads a backup as plain files, decrypted and checked: --backup id|latest --to folder")
        .Executes(() => StageAsync(nameof(FetchBackup), BackupStages.FetchBackupAsync));

    Target CleanupBackups => _ => _
        .Description("Deletes backups older than --retention-days, never the last good one; --dry-run only lists")
        .Executes(() => StageAsync(nameof(CleanupBackups), BackupStages.CleanupBackupsAsync));

    Target HoldBackup => _ => _
        .Description("Keeps a backup whatever its age: --backup id --reason text")
        .Executes(() => StageAsync(nameof(HoldBackup), BackupStages.HoldBackupAsync));

    Target ReleaseBackup => _ => _
        .Description("Ends a hold: --backup id")
        .Executes(() => StageAsync(nameof(ReleaseBackup), BackupStages.ReleaseBackupAsync));
}
