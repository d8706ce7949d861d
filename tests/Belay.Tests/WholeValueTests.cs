namespace Belay.Tests;

public sealed class WholeValueTests
{
    /// <summary>The value stands between ‹ and ›.</summary>
    [Theory]
    [InlineData("‹xy›", true)]
    [InlineData("  \t‹xy›", true)]
    [InlineData("‹xy›\r\n", true)]
    [InlineData("one\n‹xy›\ntwo", true)]
    [InlineData("one\n ‹xy›", true)]
    [InlineData("‹xy› z", false)]
    [InlineData("one\n‹xy› z", false)]
    [InlineData("z‹xy›", false)]
    [InlineData("z ‹xy›", false)]
    [InlineData("=‹xy›", true)]
    [InlineData("a = ‹xy›", true)]
    [InlineData("a:\t‹xy› z", true)]
    [InlineData("a=‹xy›z", false)]
    [InlineData("a=‹xy›.", false)]
    [InlineData("\"‹xy›\"", true)]
    [InlineData("'‹xy›'", true)]
    [InlineData("`‹xy›`", true)]
    [InlineData("a=‹xy›, b", true)]
    [InlineData("a=‹xy›;", true)]
    [InlineData("a=‹xy›&b", true)]
    [InlineData("u:‹xy›@h", true)]
    [InlineData("(a=‹xy›)", true)]
    [InlineData("[a=‹xy›]", true)]
    [InlineData("{a:‹xy›}", true)]
    [InlineData("a=‹xy›\nb", true)]
    public void Knows_a_value_by_what_stands_before_and_after_it(string marked, bool isWhole)
    {
        var (start, end) = (marked.IndexOf('‹', StringComparison.Ordinal), marked.IndexOf('›', StringComparison.Ordinal) - 1);
        var text = marked.Replace("‹", "", StringComparison.Ordinal).Replace("›", "", StringComparison.Ordinal);

        Assert.Equal(isWhole, WholeValue.StandsAt(text, start, end));
    }
}
