using Belay.Preflight;
using Belay.Schema;

namespace Belay.Tests.Preflight;

public sealed class DriftFindingsTests
{
    private static readonly StoredFingerprint Stored = new()
    {
        RecordedUtc = new DateTimeOffset(2025, 10, 12, 10, 30, 0, TimeSpan.Zero),
        SeenUtc = new DateTimeOffset(2025, 10, 13, 10, 30, 0, TimeSpan.Zero),
        Reason = "release behind backup b1",
        ServerMajor = 15,
        Format = 1,
        Lines = [],
    };

    private static readonly SchemaDrift Drift = new(
        Stored, new SchemaDifference([], ["index public.i CREATE INDEX i ON public.a USING btree (id)"]));

    [Fact]
    public void Warns_with_the_changed_lines()
        => Assert.Equal(
            [new Finding(
                FindingSeverity.Warning,
                "The schema is not as it was left on 2025-10-12 10:30:00 UTC (release behind backup b1): 1 line added, 0 removed\n"
                + "  + index public.i CREATE INDEX i ON public.a USING btree (id)")],
            DriftFindings.Of(Drift, DriftPolicy.Warn));

    [Fact]
    public void Refuses_when_asked_to_and_says_how_to_go_on()
    {
        var finding = Assert.Single(DriftFindings.Of(Drift, DriftPolicy.Refuse));

        Assert.Equal(FindingSeverity.Refusal, finding.Severity);
        Assert.Equal(
            "put the change into a migration or take it back; or let it pass once with --drift warn: the release then records the schema "
                + "as it is", finding.Hint);
    }

    [Fact]
    public void Says_that_the_schema_is_as_it_was_left()
        => Assert.Equal(
            [
                new Finding(
                    FindingSeverity.Information, "The schema is as it was left on 2025-10-12 10:30:00 UTC (release behind backup b1)"),
            ],
            DriftFindings.Of(Drift with { Difference = new SchemaDifference([], []) }, DriftPolicy.Refuse));

    [Fact]
    public void Does_not_refuse_what_cannot_be_compared()
        => Assert.Equal(
            [new Finding(
                FindingSeverity.Information,
                "The schema was recorded on 2025-10-12 10:30:00 UTC by PostgreSQL 15 and is not compared: another version words it "
                    + "differently. The next release records it again")],
            DriftFindings.Of(Drift with { Difference = null }, DriftPolicy.Refuse));

    [Fact]
    public void Has_nothing_to_say_before_the_first_record() => Assert.Empty(DriftFindings.Of(null, DriftPolicy.Refuse));
}
