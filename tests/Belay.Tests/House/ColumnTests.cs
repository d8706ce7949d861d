namespace Belay.Tests.House;

/// <summary>A line ends within 140 characters, so that two files stand side by side. Longer is only what a break would change or
/// tear: a line inside a raw string, and one that begins with a raw or verbatim string: a regular expression, JSON or SQL.</summary>
public sealed class ColumnTests
{
    private const int Most = 140;

    private const string Raw = "\"\"\"";

    [Fact]
    public void A_line_has_at_most_140_characters_outside_of_raw_strings_and_regular_expressions()
    {
        var isInside = false;
        Checkout.AssertNone(line =>
        {
            var wasInside = isInside && line.Number > 1;
            isInside = wasInside != (line.Text.Split(Raw).Length % 2 == 0);
            return line.Length > Most && !wasInside && !line.Text.StartsWith(Raw, StringComparison.Ordinal)
                && !line.Text.StartsWith("@\"", StringComparison.Ordinal);
        });
    }
}
