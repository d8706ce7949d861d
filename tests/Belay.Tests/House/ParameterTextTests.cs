using System.Text.RegularExpressions;

namespace Belay.Tests.House;

/// <summary>A parameter's text says what its name and type leave open: a unit, a bound, what null means, what stays when it is
/// cancelled. Where nothing is open there is no text.</summary>
public sealed partial class ParameterTextTests
{
    [Fact]
    public void A_parameter_has_a_text_that_says_more_than_its_name_or_none()
        => Checkout.AssertNone(line => IsRitual(line.Text));

    [Theory]
    [InlineData("""/// <param name="connection">An open connection.</param>""", true)]
    [InlineData("""/// <param name="cancellationToken">Stops waiting for the answer.</param>""", true)]
    [InlineData("""/// <param name="cancellationToken">Stops the download; nothing of it stays.</param>""", false)]
    [InlineData("""/// <param name="timeout">At least 1.</param>""", false)]
    [InlineData("""/// <param name="line">The line, counted from 1.</param>""", false)]
    public void Three_words_without_a_value_and_the_bare_end_of_a_cancelled_call_are_ritual(string line, bool expected)
        => Assert.Equal(expected, IsRitual(line));

    private static bool IsRitual(string line) => ShortText().IsMatch(line) || BareCancellation().IsMatch(line);

    [GeneratedRegex("""^/// <param name="\w+">(?!.*default|.*null)[^<\d\s]+( [^<\d\s]+){0,2}</param>""")]
    private static partial Regex ShortText();

    [GeneratedRegex("""^/// <param name="cancellationToken">(Stops|Cancels|Ends|Kills|Rolls)[^;,:]*</param>""")]
    private static partial Regex BareCancellation();
}
