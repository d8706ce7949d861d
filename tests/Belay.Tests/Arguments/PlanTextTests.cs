using Belay.Arguments;

namespace Belay.Tests.Arguments;

public sealed class PlanTextTests
{
    private static readonly PlannedTarget[] Release =
    [
        new() { Name = "Preflight" },
        new() { Name = "Backup", Needs = ["Preflight"], Conditions = ["not in a dry run", "a migration is pending"] },
        new() { Name = "Migrate", IsTyped = true, Needs = ["Backup"], Triggers = ["Verify", "SmokeTest"] },
        new() { Name = "Verify" },
        new() { Name = "SmokeTest" },
    ];

    [Fact]
    public void Numbers_the_targets_in_order_and_says_why_each_would_run() => Assert.Equal(
        """
        Execution plan:

           1  Preflight   needed by Backup
           2  Backup      needed by Migrate; only when not in a dry run; only when a migration is pending
           3  Migrate     invoked
           4  Verify      triggered by Migrate
           5  SmokeTest   triggered by Migrate
        """,
        Text(null));

    [Fact]
    public void Shows_what_is_skipped_and_what_only_that_would_have_wanted() => Assert.Equal(
        """
        Execution plan:

           -  Preflight   skipped because of Backup
           -  Backup      skipped via parameter
           1  Migrate     invoked
           -  Verify      skipped via parameter
           2  SmokeTest   triggered by Migrate
        """,
        Text(["Backup", "Verify"]));

    [Fact]
    public void An_empty_list_leaves_out_all_that_was_not_typed() => Assert.Equal(
        """
        Execution plan:

           -  Preflight   skipped via parameter
           -  Backup      skipped via parameter
           1  Migrate     invoked
           -  Verify      skipped because of Migrate
           -  SmokeTest   skipped because of Migrate
        """,
        Text([]));

    private static string Text(IReadOnlyList<string>? left) => string.Join('\n', PlanText.Lines(Release, left));
}
