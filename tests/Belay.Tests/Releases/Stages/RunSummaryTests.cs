using Belay.Arguments;
using Belay.Releases;
using Belay.Releases.Stages;

namespace Belay.Tests.Releases.Stages;

public sealed class RunSummaryTests
{
    [Fact]
    public void Lists_what_ran_what_was_left_out_and_what_was_not_reached() => Assert.Equal(
        """

        Target      Status      Duration
        ────────────────────────────────
        Preflight   Succeeded     < 1sec   // 0 migrations pending, 3 applied
        Backup      Skipped                // only when a migration is pending
        Migrate     Failed          1:05   // the server was lost
        Verify      Skipped                // via parameter
        SmokeTest   NotRun
        ────────────────────────────────
        Failed with exit code 6
        """,
        Text(new RunOutcome(ExitCodes.MigrationRolledBack,
        [
            new StageOutcome("Preflight", "0 migrations pending, 3 applied", null) { Duration = TimeSpan.FromMilliseconds(900) },
            new StageOutcome(
                "Migrate",
                null,
                new Failure(ExitCodes.MigrationRolledBack, "the server was lost\nmore", null, false))
                {
                    Duration = TimeSpan.FromSeconds(65),
                },
        ]) { LeftOut = new Dictionary<string, string> { ["Backup"] = "a migration is pending" } }),
        ignoreLineEndingDifferences: true);

    [Fact]
    public void Ends_with_one_word_when_all_went_well()
        => Assert.EndsWith("\nSucceeded", Text(new RunOutcome(ExitCodes.Done, [])), StringComparison.Ordinal);

    private static string Text(RunOutcome outcome)
        => string.Join('\n', RunSummary.Lines(new RunArguments { Targets = ["Migrate"], Skipped = ["Verify"] }, outcome));
}
