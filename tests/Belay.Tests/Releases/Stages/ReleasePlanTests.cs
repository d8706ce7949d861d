using Belay.Preflight;
using Belay.Releases.Stages;
using Belay.Settings;

namespace Belay.Tests.Releases.Stages;

public sealed class ReleasePlanTests
{
    private static readonly string[] Whole = ["Preflight", "Backup", "Migrate", "Verify", "SmokeTest"];

    [Fact]
    public void Needs_what_its_stages_need_together()
    {
        Assert.Equal(
            SettingParts.Database | SettingParts.Store | SettingParts.Migrations | SettingParts.Smoke | SettingParts.SmokeOfCommand
                | SettingParts.RehearsalFirst | SettingParts.Told,
            ReleasePlan.Of(["Migrate"], Whole, isDryRun: false).Needs);
        Assert.Equal(
            SettingParts.Database | SettingParts.Migrations | SettingParts.RehearsalFirst,
            ReleasePlan.Of(["Migrate"], Whole, isDryRun: true).Needs);
        Assert.False(
            ReleasePlan.Of(["Rehearse", "Migrate"], ["Rehearse", .. Whole], isDryRun: false).Needs.HasFlag(SettingParts.RehearsalFirst));
    }

    [Fact]
    public void A_backup_alone_needs_no_migrations()
        => Assert.Equal(
            SettingParts.Database | SettingParts.Store | SettingParts.Told,
            ReleasePlan.Of(["Backup"], ["Preflight", "Backup"], isDryRun: false).Needs);

    [Theory]
    [InlineData("Preflight Backup Migrate Verify SmokeTest", false, ReleaseWork.All)]
    [InlineData("Preflight Backup Migrate Verify SmokeTest", true, ReleaseWork.Migration)]
    [InlineData("Preflight Backup", false, ReleaseWork.Backup)]
    [InlineData("Migrate Verify SmokeTest", false, ReleaseWork.Migration)]
    [InlineData("Rollback", false, ReleaseWork.Backup)]
    [InlineData("Rollback", true, ReleaseWork.All)]
    [InlineData("Preflight", false, ReleaseWork.All)]
    public void Says_what_it_changes_and_all_when_only_preflight_was_asked_for(string planned, bool isDryRun, Enum expected)
        => Assert.Equal(expected, ReleasePlan.Of([], planned.Split(' '), isDryRun).Work);

    [Theory]
    [InlineData("Status", false)]
    [InlineData("Status Verify", true)]
    [InlineData("Status Compile", true)]
    [InlineData("Migrate", true)]
    public void Leaves_a_record_when_anything_was_typed_that_does_more_than_look(string typed, bool expected)
        => Assert.Equal(expected, ReleasePlan.Of(typed.Split(' '), [], isDryRun: false).LeavesRecord);

    [Theory]
    [InlineData("Verify", "Verify")]
    [InlineData("Migrate Backup Compile", "Backup, Compile")]
    public void Refuses_a_dry_run_of_what_would_not_heed_it(string typed, string named)
    {
        var refusal = Assert.Throws<SettingsException>(ReleasePlan.Of(typed.Split(' '), [], isDryRun: true).DemandThatDryRunApplies);

        Assert.Equal(
            $"--dry-run is for Migrate, Rollback, Restore, CleanupBackups, Baseline, Adopt, Repair; {named} would not heed it, so "
                + "nothing was touched", refusal.Message);
        Assert.Equal("./build.sh Migrate --plan prints what would run; ./build.sh Preflight looks and touches nothing", refusal.Hint);
        ReleasePlan.Of(typed.Split(' '), [], isDryRun: false).DemandThatDryRunApplies();
        ReleasePlan.Of(["Migrate", "Repair"], [], isDryRun: true).DemandThatDryRunApplies();
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("false", false)]
    [InlineData("TRUE", true)]
    public void A_dry_run_is_what_the_parameter_says(string? text, bool expected)
        => Assert.Equal(
            expected,
            ReleasePlan.IsDryRunIn(
                text is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["dry-run"] = text }));
}
