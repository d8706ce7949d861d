namespace Belay.Tests.House;

public sealed class CirclesTests
{
    private static IReadOnlyList<IReadOnlyList<string>> Of(params string[] names)
        => Circles.In(
            names.ToDictionary(
                pair => pair[..1], IReadOnlySet<string> (pair) => pair[1..].Select(letter => letter.ToString()).ToHashSet()));

    [Fact]
    public void A_circle_is_found_with_all_that_are_on_it_and_without_those_that_lead_to_it()
        => Assert.Equal(["b", "c", "d"], Assert.Single(Of("ab", "bc", "cd", "dbe", "e")));

    [Fact]
    public void Two_circles_are_told_apart() => Assert.Equal([["a", "b"], ["c", "d"]], Of("ab", "bac", "cd", "dc"));

    [Fact]
    public void Names_that_all_go_down_are_no_circle() => Assert.Empty(Of("abcd", "bcd", "cd", "d"));
}
