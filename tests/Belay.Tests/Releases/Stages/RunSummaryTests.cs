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
        Migrate     Failed          1:05
        Verify      Skipped                // via parameter
        SmokeTest   NotRun
        ────────────────────────────────
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
    public void A_stage_that_a_signal_ended_is_cancelled_and_neither_good_nor_bad()
    {
        var (text, tone) = Lines(new RunOutcome(
            ExitCodes.Interrupted,
            [new StageOutcome("Preflight", null, new Failure(ExitCodes.Interrupted, "Cancelled", null, IsCancellation: true))]))
            .Single(line => line.Text.StartsWith("Preflight", StringComparison.Ordinal));

        Assert.Equal(("Preflight   Cancelled     < 1sec", LineTone.Doubtful), (text, tone));
    }

    private static string Text(RunOutcome outcome) => string.Join('\n', Lines(outcome).Select(line => line.Text));

    private static IReadOnlyList<(string Text, LineTone Tone)> Lines(RunOutcome outcome)
        => RunSummary.Lines(ReleaseOrder.Of(["Migrate"]), ["Verify"], outcome);
}
