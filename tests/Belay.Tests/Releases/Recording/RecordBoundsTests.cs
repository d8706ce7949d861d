using Belay.Releases.Recording;
using Belay.Reporting;

namespace Belay.Tests.Releases.Recording;

public sealed class RecordBoundsTests
{
    [Fact]
    public void What_is_short_stays_as_it_is()
    {
        string[] lines = ["+ column a"];

        Assert.Equal("it failed", RecordBounds.Text("it failed"));
        Assert.Null(RecordBounds.Text(null));
        Assert.Same(lines, RecordBounds.Lines(lines));
    }

    [Fact]
    public void Of_what_checks_returned_together_there_is_no_more_than_a_store_reads_back()
    {
        IReadOnlyList<IReadOnlyList<string>> rows = [.. Enumerable.Repeat<IReadOnlyList<string>>([new string('x', 30_000)], 100)];
        ReleaseCheck[] checks =
        [
            new("a", true, []) { Actual = rows },
            new("b", false, ["it differs"]) { Actual = rows },
            new("c", true, []) { Actual = [["1"]] },
        ];

        var kept = RecordBounds.Checks(checks);

        Assert.Same(checks[0], kept[0]);
        Assert.Equal("not kept: the checks returned more than a record has room for", Assert.Single(Assert.Single(kept[1].Actual)));
        Assert.Equal(["it differs"], kept[1].Differences);
        Assert.Same(checks[2], kept[2]);
    }

    [Fact]
    public void A_secret_at_the_cut_is_masked_and_not_halved()
    {
        _ = new Secret("rbt-word-at-the-cut-5d1e");

        Assert.Equal(
            $"{new string('x', 99_990)}***{new string('y', 7)}… (100044 characters in all)",
            RecordBounds.Text(new string('x', 99_990) + "rbt-word-at-the-cut-5d1e" + new string('y', 30)));
    }

    [Fact]
    public void What_is_long_is_cut_off_and_says_so()
    {
        Assert.EndsWith("xx… (200000 characters in all)", RecordBounds.Text(new string('x', 200_000)), StringComparison.Ordinal);
        Assert.Equal("  and 5 more lines", RecordBounds.Lines([.. Enumerable.Repeat("+ column a", 20_005)])[^1]);
    }
}
