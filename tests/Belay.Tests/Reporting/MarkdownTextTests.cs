using Belay.Reporting;

namespace Belay.Tests.Reporting;

public sealed class MarkdownTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("a|b", "a\\|b")]
    [InlineData("a\r\n  b", "a<br>b")]
    [InlineData("<script>&", "&lt;script&gt;&amp;")]
    [InlineData("`rm` *now* [x](y) #1 ~~z~~", "\\`rm\\` \\*now\\* \\[x\\](y) \\#1 \\~\\~z\\~\\~")]
    [InlineData("0001_add_user", "0001_add_user")]
    [InlineData("_emphasis_", "\\_emphasis\\_")]
    [InlineData("C:\\temp", "C:\\\\temp")]
    public void Makes_plain_words_of_any_text(string? text, string markdown) => Assert.Equal(markdown, MarkdownText.Of(text));

    [Fact]
    public void Masks_a_secret_before_escaping_would_hide_it()
    {
        _ = new Secret("se|cr*et-of-markdown");

        Assert.Equal("password \\*\\*\\*", MarkdownText.Of("password se|cr*et-of-markdown"));
    }
}
