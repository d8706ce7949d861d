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
    [InlineData("see https://evil.example/a and www.evil.example", "see https:\\//evil.example/a and www\\.evil.example")]
    [InlineData("![x](https://evil.example/p.png)", "!\\[x\\](https:\\//evil.example/p.png)")]
    [InlineData("\u001b[31mred", "\\\\x1b\\[31mred")]
    [InlineData("s3://bucket/prefix", "s3://bucket/prefix")]
    public void Makes_plain_words_of_any_text(string? text, string markdown) => Assert.Equal(markdown, MarkdownText.Of(text));

    [Theory]
    [InlineData("https://git.example.com/shop/api/actions/runs/42", "<https://git.example.com/shop/api/actions/runs/42>")]
    [InlineData("javascript:alert(1)", "javascript:alert(1)")]
    [InlineData("https://x> <img src=y>", "https:\\//x&gt; &lt;img src=y&gt;")]
    public void Links_to_nothing_but_a_plain_address(string address, string markdown) => Assert.Equal(markdown, MarkdownText.Link(address));

    [Fact]
    public void Keeps_a_block_from_commanding_the_service_that_shows_it()
        => Assert.Equal("    one\n    : :set-env name=x::y", MarkdownText.Block("one\r\n::set-env name=x::y"));

    [Fact]
    public void Masks_a_secret_before_escaping_would_hide_it()
    {
        _ = new Secret("se|cr*et-of-markdown");

        Assert.Equal("password \\*\\*\\*", MarkdownText.Of("password se|cr*et-of-markdown"));
    }
}
