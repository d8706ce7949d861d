using Belay.Releases.Stages;
using Nuke.Common;

/// <summary>The targets of a release. What each needs, runs and means stands in <see cref="ReleaseStages"/>,
/// and its dependencies with it.</summary>
sealed partial class Build : NukeBuild
{
    Target Preflight => Define(ReleaseStages.Preflight);
    Target Backup => Define(ReleaseStages.Backup);
    Target Rehearse => Define(ReleaseStages.Rehearse);
    Target Migrate => Define(ReleaseStages.Migrate);
    Target Verify => Define(ReleaseStages.Verify);
    Target SmokeTest => Define(ReleaseStages.SmokeTest);
    Target Rollback => Define(ReleaseStages.Rollback);
    Target Restore => Define(ReleaseStages.Restore);
    Target Status => Define(ReleaseStages.Status);
    Target VerifyBackup => Define(ReleaseStages.VerifyBackup);
    Target FetchBackup => Define(ReleaseStages.FetchBackup);
    Target CleanupBackups => Define(ReleaseStages.CleanupBackups);
    Target HoldBackup => Define(ReleaseStages.HoldBackup);
    Target ReleaseBackup => Define(ReleaseStages.ReleaseBackup);
    Target Baseline => Define(ReleaseStages.Baseline);
    Target Adopt => Define(ReleaseStages.Adopt);
    Target Repair => Define(ReleaseStages.Repair);

    public static int Main() => Entrance.Run(Cancellation, () => Execute<Build>(), exitCode => Session.Value.EndAsync(exitCode));
}
