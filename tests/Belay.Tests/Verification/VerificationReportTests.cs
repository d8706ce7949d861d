using Belay.Verification;

namespace Belay.Tests.Verification;

public sealed class VerificationReportTests
{
    [Fact]
    public void Says_nothing_when_every_check_passed() => new VerificationReport([Results.AllColumns(), Results.NoRows()]).EnsurePassed();

    [Fact]
    public void Demands_something_verified_where_that_is_asked_for()
    {
        new VerificationReport([Results.NoRows()]).EnsureVerified();
        var exception = Assert.Throws<VerificationException>(new VerificationReport([Results.Total(15)]).EnsureVerified);
        Assert.Equal(
            (8, "Nothing was verified: no applied migration has a check that expects something, and --require-checks asks for one",
                "write checks into a .verify.sql beside the migrations, or leave --require-checks away; then run ./build.sh Verify"),
            (exception.ExitCode, exception.Message, exception.Hint));
    }

    [Fact]
    public void Checks_of_earlier_releases_fail_nothing_and_are_named()
    {
        var report = new VerificationReport([Results.NoRows(["7"])]).CountingOnly(new HashSet<string> { "/m/0002_b.verify.sql" });
        report.EnsurePassed();
        Assert.Equal("every user has the defaults", Assert.Single(report.FailedEarlier).Check.Title);
        Assert.Throws<VerificationException>(
            new VerificationReport([Results.NoRows(["7"])])
                .CountingOnly(new HashSet<string> { "/m/0001_preferences.verify.sql" }).EnsurePassed);
    }

    [Fact]
    public void Lists_expected_and_actual_rows_of_each_failed_check()
    {
        var report = new VerificationReport(
            [
                Results.Of("limits", [["5"]], ["max_reports"], [["6"]]),
                Results.Refused("42703", "column \"max_reports\" does not exist"),
                Results.Total(15),
            ]);

        var exception = Assert.Throws<VerificationException>(report.EnsurePassed);

        Assert.Equal(
            """
            Verification failed: 2 of 3 checks
            0001_preferences.verify.sql:7: limits
              row 1, max_reports: expected 5, got 6
              expected:
                5
              actual:
                6
            0001_preferences.verify.sql:7: every user has the defaults
              42703: column "max_reports" does not exist
            """.ReplaceLineEndings("\n"),
            exception.Message);
        Assert.Equal(8, exception.ExitCode);
        Assert.Equal("compare the differences with the migration's script; then run ./build.sh Verify", exception.Hint);
    }
}
