using Belay.Releases.Recording;

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
