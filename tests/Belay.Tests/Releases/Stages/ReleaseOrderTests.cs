using Belay.Arguments;
using Belay.Releases.Stages;

namespace Belay.Tests.Releases.Stages;

public sealed class ReleaseOrderTests
{
    [Theory]
    [InlineData("Migrate", "Preflight Backup Migrate Verify SmokeTest")]
    [InlineData("Backup", "Preflight Backup")]
    [InlineData("SmokeTest Verify", "Verify SmokeTest")]
    [InlineData("CleanupBackups Migrate", "Preflight Backup Migrate Verify SmokeTest CleanupBackups")]
    [InlineData("Rollback", "Rollback")]
    [InlineData("Status", "Status")]
    public void Puts_what_was_typed_behind_what_it_depends_on_and_before_what_it_triggers(string typed, string expected)
        => Assert.Equal(expected, Stages(new RunArguments { Targets = typed.Split(' ') }));

    [Theory]
    [InlineData("Backup", "Migrate Verify SmokeTest")]
    [InlineData("Preflight", "Backup Migrate Verify SmokeTest")]
    [InlineData("Verify SmokeTest", "Preflight Backup Migrate")]
    [InlineData("", "Migrate")]
    public void Leaves_out_what_is_skipped_and_what_only_that_would_have_wanted(string skipped, string expected)
        => Assert.Equal(
            expected,
            Stages(new RunArguments { Targets = ["Migrate"], Skipped = skipped.Split(' ', StringSplitOptions.RemoveEmptyEntries) }));

    [Fact]
    public void Says_for_the_plan_why_each_would_run() => Assert.Equal(
        """
        Execution plan:

           1  Preflight   needed by Backup
           2  Backup      needed by Migrate; only when not in a dry run; only when a migration is pending
           3  Migrate     invoked
           4  Verify      triggered by Migrate; only when not in a dry run
           5  SmokeTest   triggered by Migrate; only when not in a dry run
        """,
        string.Join('\n', PlanText.Lines(ReleaseOrder.Of(["Migrate"]), null)));

    private static string Stages(RunArguments arguments) => string.Join(' ', ReleaseOrder.PlanOf(arguments).Stages);
}
