using Belay.Releases;
using Belay.Releases.Stages;
using Nuke.Common;

/// <summary>The release graph on one screen. Every target is wiring: it calls one stage and reports one fact.</summary>
sealed partial class Build : NukeBuild
{
    public static int Main() => Entrance.Run(Cancellation, () => Execute<Build>(), EndAsync);

    Target Preflight => _ => _
        .Description(ReleaseTargets.Preflight.Description)
        .Executes(() => StageAsync(nameof(Preflight), PreflightStage.RunAsync));

    Target Backup => _ => _
        .Description(ReleaseTargets.Backup.Description)
        .DependsOn(Preflight)
        .OnlyWhenDynamic(() => RunsForReal(nameof(Backup)), "not in a dry run")
        .OnlyWhenDynamic(() => BackupIsNeeded, "a migration is pending")
        .Executes(() => StageAsync(nameof(Backup), BackupStages.BackupAsync));

    Target Migrate => _ => _
        .Description(ReleaseTargets.Migrate.Description)
        .DependsOn(Backup)
        .Triggers(Verify, SmokeTest)
        .Executes(() => StageAsync(nameof(Migrate), MigrateStage.RunAsync));

    Target Verify => _ => _
        .Description(ReleaseTargets.Verify.Description)
        .After(Migrate)
        .OnlyWhenDynamic(() => RunsForReal(nameof(Verify)), "not in a dry run")
        .Executes(() => StageAsync(nameof(Verify), VerifyStage.RunAsync));

    Target SmokeTest => _ => _
        .Description(ReleaseTargets.SmokeTest.Description)
        .After(Verify)
        .OnlyWhenDynamic(() => RunsForReal(nameof(SmokeTest)), "not in a dry run")
        .Executes(() => StageAsync(nameof(SmokeTest), SmokeTestStage.RunAsync));

    Target Rollback => _ => _
        .Description(ReleaseTargets.Rollback.Description)
        .Executes(() => StageAsync(nameof(Rollback), RollbackStage.RunAsync));

    Target Status => _ => _
        .Description(ReleaseTargets.Status.Description)
        .Executes(() => StageAsync(nameof(Status), StatusStage.RunAsync));

    Target VerifyBackup => _ => _
        .Description(ReleaseTargets.VerifyBackup.Description)
        .Executes(() => StageAsync(nameof(VerifyBackup), BackupStages.VerifyBackupAsync));

    Target FetchBackup => _ => _
        .Description(ReleaseTargets.FetchBackup.Description)
        .Executes(() => StageAsync(nameof(FetchBackup), BackupStages.FetchBackupAsync));

    Target CleanupBackups => _ => _
        .Description(ReleaseTargets.CleanupBackups.Description)
        .Executes(() => StageAsync(nameof(CleanupBackups), BackupStages.CleanupBackupsAsync));

    Target HoldBackup => _ => _
        .Description(ReleaseTargets.HoldBackup.Description)
        .Executes(() => StageAsync(nameof(HoldBackup), BackupStages.HoldBackupAsync));

    Target ReleaseBackup => _ => _
        .Description(ReleaseTargets.ReleaseBackup.Description)
        .Executes(() => StageAsync(nameof(ReleaseBackup), BackupStages.ReleaseBackupAsync));
}
