using Belay.Verification;

namespace Belay.Tests.Verification;

public sealed class VerificationRendererTests
{
    [Fact]
    public void Prints_the_lines_of_the_guide()
        => Assert.Equal(
            [
                "All 4 columns verified successfully:",
                "",
                "  clear_previous_anomalies       boolean         DEFAULT true                 NO",
                "  max_reports                    integer         DEFAULT 5                    NO",
                "  max_templates                  integer         DEFAULT 5                    NO",
                "  show_clear_warning             boolean         DEFAULT true                 NO",
                "",
                "Passed: every user has the defaults",
                "",
                "VERIFICATION PASSED",
                "Total users in database: 15",
                "All users will have default values applied",
            ],
            VerificationRenderer.Lines(new VerificationReport([Results.AllColumns(), Results.NoRows(), Results.Total(15)])));

    [Fact]
    public void Says_nothing_of_defaults_where_a_column_has_none()
    {
        var nullable = Results.Of(
            "columns",
            [["a", "integer", "NULL", "YES"]],
            ["column_name", "data_type", "column_default", "is_nullable"],
            [["a", "integer", "NULL", "YES"]]);

        var lines = VerificationRenderer.Lines(new VerificationReport([nullable, Results.Total(15)]));

        Assert.Equal("  a                              integer         no default                   YES", lines[2]);
        Assert.Equal("Total users in database: 15", lines[^1]);
    }

    [Fact]
    public void Shows_differences_and_the_table_of_a_failed_check()
        => Assert.Equal(
            [
                "FAILED every user has the defaults (0001_preferences.verify.sql:7)",
                "  expected no rows, got 1 row",
                "  unexpected: 7",
                "+----+",
                "| id |",
                "|----|",
                "| 7  |",
                "+----+",
                "",
                "VERIFICATION FAILED: 1 of 2 checks",
                "Total users in database: 15",
            ],
            VerificationRenderer.Lines(new VerificationReport([Results.NoRows(["7"]), Results.Total(15)])));

    [Fact]
    public void Claims_nothing_when_there_is_no_check()
        => Assert.Equal(
            ["NOTHING WAS VERIFIED: there is no check that expects something"], VerificationRenderer.Lines(new VerificationReport([])));

    [Fact]
    public void Tells_the_checks_of_earlier_releases_from_those_of_what_ran_now()
    {
        var (fresh, earlier) = (Results.AllColumns(), Results.NoRows(["7"]) with { IsEarlier = true });

        Assert.Contains(
            "VERIFICATION PASSED for what ran now; 1 check of earlier releases failed",
            VerificationRenderer.Lines(new VerificationReport([fresh, earlier])));
        Assert.Contains(
            "NOT AS EARLIER RELEASES LEFT IT: 1 of 1 check failed", VerificationRenderer.Lines(new VerificationReport([earlier])));
    }

    [Fact]
    public void Shows_a_report_as_a_table()
        => Assert.Equal(
            [
                "users per limit:",
                "+-------------+-------+",
                "| max_reports | count |",
                "|-------------+-------|",
                "| 5           | 15    |",
                "+-------------+-------+",
                "",
                "NOTHING WAS VERIFIED: there is no check that expects something",
            ],
            VerificationRenderer.Lines(
                new VerificationReport([Results.Of("users per limit", null, ["max_reports", "count"], [["5", "15"]])])));
}
