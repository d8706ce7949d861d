using Belay.Reporting;
using Belay.Verification;

namespace Belay.Tests.Reporting;

public sealed class ReleaseCheckTests
{
    private static readonly Check Check = new()
    {
        Title = "columns", Sql = "SELECT 1", File = "/migrations/0001_a.verify.sql", Line = 7, Kind = new ExpectedRows([["5"]]),
    };

    [Fact]
    public void Has_what_was_demanded_and_what_was_returned()
    {
        var check = ReleaseCheck.Of(new CheckResult(Check, ["n"], [["6"]], 1, ["row 1, n: expected 5, got 6"]));

        Assert.Equal(("columns", false, 1L), (check.Title, check.Passed, check.ActualCount));
        Assert.Equal(("0001_a.verify.sql", 7), (check.File, check.Line));
        Assert.Equal(["5"], check.Expected);
        Assert.Equal(["6"], Assert.Single(check.Actual));
    }

    [Fact]
    public void A_check_that_could_not_run_has_returned_nothing()
        => Assert.Null(ReleaseCheck.Of(new CheckResult(Check, [], [], 0, ["42P01: no table"]) { SqlState = "42P01" }).ActualCount);

    [Fact]
    public void A_secret_where_a_cell_is_cut_off_is_masked_before()
    {
        _ = new Secret("rct-word-at-the-cut-9a4b");
        var cell = new string('x', 990) + "rct-word-at-the-cut-9a4b" + new string('y', 30);

        var check = ReleaseCheck.Of(new CheckResult(Check, ["n"], [[cell]], 1, []));

        Assert.Equal($"{new string('x', 990)}***yyyyyyy… (1044 characters in all)", check.Actual[0][0]);
    }

    [Fact]
    public void A_cell_with_a_whole_document_and_many_rows_are_cut_off()
    {
        var rows = Enumerable.Repeat<IReadOnlyList<string>>([new string('x', 2000)], 300).ToList();

        var check = ReleaseCheck.Of(new CheckResult(Check, ["n"], rows, 300, []));

        Assert.Equal((100, 300L), (check.Actual.Count, check.ActualCount));
        Assert.EndsWith("x… (2000 characters in all)", check.Actual[0][0], StringComparison.Ordinal);
    }
}
