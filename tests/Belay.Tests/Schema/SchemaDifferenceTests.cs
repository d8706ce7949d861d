using Belay.Schema;

namespace Belay.Tests.Schema;

public sealed class SchemaDifferenceTests
{
    [Fact]
    public void Puts_a_changed_object_s_two_lines_together()
    {
        var difference = SchemaDifference.Between(
            ["column public.a.id integer", "column public.a.n smallint", "table public.a owner app"],
            ["column public.a.id integer", "column public.a.n integer", "column public.a.x text", "table public.a owner app"]);

        Assert.Equal(["- column public.a.n smallint", "+ column public.a.n integer", "+ column public.a.x text"], difference.Lines);
        Assert.Equal("2 lines added, 1 removed", difference.Summary);
        Assert.False(difference.IsEmpty);
    }

    [Fact]
    public void Is_empty_for_the_same_lines()
        => Assert.True(SchemaDifference.Between(["table public.a owner app"], ["table public.a owner app"]).IsEmpty);

    [Fact]
    public void Shows_twenty_lines_cut_at_their_width_and_says_how_many_more_there_are()
    {
        var after = Enumerable.Range(10, 23).Select(number => $"table public.t{number} {new string('x', 200)}").ToList();

        var shown = SchemaDifference.Between([], after).Shown;

        Assert.Equal(21, shown.Count);
        Assert.Equal($"+ table public.t10 {new string('x', 141)}…", shown[0]);
        Assert.Equal("and 3 more lines", shown[^1]);
    }

    [Fact]
    public void Records_a_thousand_lines_whole()
    {
        var recorded = SchemaDifference.Between(
            [], [.. Enumerable.Range(0, 1001).Select(number => $"table public.t{number:0000} {new string('x', 200)}")]).Recorded;

        Assert.Equal(1001, recorded.Count);
        Assert.Equal($"+ table public.t0000 {new string('x', 200)}", recorded[0]);
        Assert.Equal("and 1 more line", recorded[^1]);
    }
}
