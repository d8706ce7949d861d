using Belay.Risks;
using Belay.Tests.Support;

namespace Belay.Tests.Risks;

public sealed class RiskReportTests
{
    private static readonly Risk Open = new(
        "create-index", "1_a.sql", "1_a.sql:2 CREATE INDEX", "i on public.item is built while writers wait", "CREATE INDEX CONCURRENTLY");

    private static readonly Risk Accepted = new(
        "drop-column", "2_b.sql", "2_b.sql:1 ALTER TABLE", "public.item.note goes with 3 values", "later") { Accepted = "nobody reads it" };

    private const string Remark = "2_b.sql:2: accepts truncate, which was not found";

    [Fact]
    public void Shows_accepted_risks_as_lines_and_the_others_as_warnings()
    {
        var output = new TestOutput();

        new RiskReport([Open, Accepted], [Remark]).Tell(output);

        Assert.Equal(
            [
                "Risks: 2 risks found, 1 accepted",
                "  2_b.sql:1 ALTER TABLE: drop-column: public.item.note goes with 3 values. Accepted because nobody reads it",
            ],
            output.Lines.Where(line => !line.StartsWith("Warning: ", StringComparison.Ordinal)));
        Assert.Equal(
            [
                "1_a.sql:2 CREATE INDEX: create-index: i on public.item is built while writers wait. Safer: CREATE INDEX CONCURRENTLY",
                Remark,
            ],
            output.Warnings);
    }

    [Fact]
    public void Says_that_nothing_was_found() => Assert.Equal("no risk found", new RiskReport([], []).Summary);

    [Fact]
    public void Refuses_what_nobody_has_accepted()
    {
        var refusal = Assert.Throws<RiskException>(new RiskReport([Open, Accepted], []).Demand);

        Assert.Equal(
            """
            1 risk in the migrations that nobody has accepted; the database is as before:
              1_a.sql:2 CREATE INDEX: create-index: i on public.item is built while writers wait. Safer: CREATE INDEX CONCURRENTLY
            """,
            refusal.Message);
        Assert.Equal(
            "Take the safer form, or write into the file's head: -- belay: accept create-index because …; docs/risks.md has all rules",
            refusal.Hint);
        Assert.Equal(ExitCodes.PreflightRefused, refusal.ExitCode);
    }

    [Fact]
    public void Passes_what_is_accepted() => new RiskReport([Accepted], [Remark]).Demand();
}
