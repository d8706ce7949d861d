using Belay.Releases.Stages;
using Belay.Settings;

namespace Belay.Tests.Releases.Stages;

public sealed class ReleaseStagesTests
{
    private const SettingParts Release = SettingParts.Database | SettingParts.Store | SettingParts.Migrations;
    private const SettingParts History = SettingParts.Database | SettingParts.Migrations;
    private const SettingParts Planned = History | SettingParts.StoreOfRehearsal | SettingParts.SmokeOfCommand;
    private const SettingParts Recorded = History | SettingParts.StoreIfSet;

    /// <summary>The settings that each stage needs, in any run and in a dry run.</summary>
    public static TheoryData<string, SettingParts, SettingParts> Needs => new()
    {
        { "Preflight", Release, History },
        { "PlanRelease", Planned, Planned },
        { "Backup", Release, SettingParts.None },
        { "Rehearse", Release | SettingParts.SmokeOfCommand, Release | SettingParts.SmokeOfCommand },
        { "Migrate", Release | SettingParts.SmokeOfCommand, History },
        { "Verify", History, SettingParts.None },
        { "SmokeTest", SettingParts.Smoke, SettingParts.None },
        { "Watch", History | SettingParts.SmokeIfSet, SettingParts.None },
        { "Rollback", Release, History },
        {
            "Restore",
            SettingParts.Database | SettingParts.Store | SettingParts.SmokeIfSet,
            SettingParts.Database | SettingParts.Store | SettingParts.SmokeIfSet
        },
        { "Status", SettingParts.Store | SettingParts.DatabaseIfSet, SettingParts.Store | SettingParts.DatabaseIfSet },
        { "VerifyRecords", SettingParts.Store | SettingParts.DatabaseIfSet, SettingParts.Store | SettingParts.DatabaseIfSet },
        { "Checklist", SettingParts.StoreIfSet | SettingParts.DatabaseIfSet, SettingParts.StoreIfSet | SettingParts.DatabaseIfSet },
        { "VerifyBackup", SettingParts.Store, SettingParts.Store },
        { "FetchBackup", SettingParts.Store, SettingParts.Store },
        { "CleanupBackups", SettingParts.Store, SettingParts.Store },
        { "HoldBackup", SettingParts.Store, SettingParts.Store },
        { "ReleaseBackup", SettingParts.Store, SettingParts.Store },
        { "Baseline", Recorded | SettingParts.Version, Recorded | SettingParts.Version },
        { "Adopt", Recorded | SettingParts.Adoption, Recorded | SettingParts.Adoption },
        { "Repair", Recorded | SettingParts.Version | SettingParts.Reason, Recorded | SettingParts.Version | SettingParts.Reason },
    };

    [Theory]
    [MemberData(nameof(Needs))]
    public void Each_says_which_settings_it_needs(string name, SettingParts any, SettingParts dry)
        => Assert.Equal((any, dry), (Stage(name).NeedsOf(isDryRun: false), Stage(name).NeedsOf(isDryRun: true)));

    [Fact]
    public void No_stage_is_without_a_row_of_what_it_needs()
        => Assert.Equal(ReleaseStages.All.Select(stage => stage.Name), Needs.Select(row => row.Data.Item1));

    [Theory]
    [InlineData("Preflight", ExitCodes.PreflightRefused)]
    [InlineData("Status", ExitCodes.PreflightRefused)]
    [InlineData("Baseline", ExitCodes.PreflightRefused)]
    [InlineData("Backup", ExitCodes.BackupFailed)]
    [InlineData("VerifyBackup", ExitCodes.BackupFailed)]
    [InlineData("FetchBackup", ExitCodes.BackupFailed)]
    [InlineData("CleanupBackups", ExitCodes.BackupFailed)]
    [InlineData("HoldBackup", ExitCodes.BackupFailed)]
    [InlineData("ReleaseBackup", ExitCodes.BackupFailed)]
    [InlineData("Migrate", ExitCodes.MigrationPartWay)]
    [InlineData("Rollback", ExitCodes.MigrationPartWay)]
    [InlineData("Rehearse", ExitCodes.RehearsalRefused)]
    [InlineData("Restore", ExitCodes.RecoveryFailed)]
    [InlineData("Verify", ExitCodes.VerificationFailed)]
    [InlineData("Watch", ExitCodes.VerificationFailed)]
    [InlineData("SmokeTest", ExitCodes.SmokeTestFailed)]
    public void Each_says_how_a_run_ends_that_is_stopped_in_it(string name, int exitCode)
        => Assert.Equal(exitCode, Stage(name).FaultExitCode);

    [Fact]
    public void A_dry_run_is_for_those_that_keep_nothing_in_it()
    {
        Assert.Equal(
            ["Migrate", "Rollback", "Restore", "CleanupBackups", "Baseline", "Adopt", "Repair"],
            Named(stage => stage.DryRun == DryRunRule.Heeds));
        Assert.Equal(["Backup", "Verify", "SmokeTest", "Watch"], Named(stage => stage.DryRun == DryRunRule.LeftOut));
    }

    [Fact]
    public void Only_looking_leaves_no_record()
        => Assert.Equal(["Status", "VerifyRecords", "Checklist"], Named(stage => !stage.LeavesRecord));

    [Fact]
    public void A_stage_stands_after_those_that_go_before_it()
        => Assert.All(ReleaseStages.All, stage => Assert.All(
            [.. stage.DependsOn.Cast<ReleaseStage>(), .. ReleaseStages.All.Where(other => other.Triggers.Contains(stage))],
            other => Assert.True(Position(other) < Position(stage), $"{other} stands behind {stage}")));

    private static ReleaseStage Stage(string name) => ReleaseStages.Find(name)!;

    private static int Position(ReleaseStage stage) => ReleaseStages.All.ToList().IndexOf(stage);

    private static IEnumerable<string> Named(Func<ReleaseStage, bool> condition)
        => ReleaseStages.All.Where(condition).Select(stage => stage.Name);
}
