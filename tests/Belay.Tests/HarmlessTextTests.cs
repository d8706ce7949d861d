namespace Belay.Tests;

public sealed class HarmlessTextTests
{
    [Theory]
    [InlineData("\u001b[2J\u0007\b\u007f", @"\x1b[2J\x07\x08\x7f")]
    [InlineData("one\rtwo", @"one\x0dtwo")]
    [InlineData("one\r\ntwo\tthree\n", "one\r\ntwo\tthree\n")]
    [InlineData("\u0085\u009b31m", @"\x85\x9b31m")]
    [InlineData("\u202egnp.exe\u2066\u200f", @"\u202egnp.exe\u2066\u200f")]
    [InlineData("a\u200bb\u2060c\ufeffd\u00ade", @"a\u200bb\u2060c\ufeffd\xade")]
    [InlineData("a\u2028b\u3164c", @"a\u2028b\u3164c")]
    [InlineData("\ud83d\ude00 größer 値", "\ud83d\ude00 größer 値")]
    [InlineData("\udb40\udc41", @"\U000e0041")]
    public void Writes_out_what_cannot_be_seen(string text, string shown) => Assert.Equal(shown, HarmlessText.Of(text));

    [Fact]
    public void Writes_out_half_a_character() => Assert.Equal(@"a\ud83db", HarmlessText.Of(string.Concat("a", '\ud83d', "b")));

    [Theory]
    [InlineData("::set-env name=PATH::/evil", ": :set-env name=PATH::/evil")]
    [InlineData("  \t::add-mask::words", "  \t: :add-mask::words")]
    [InlineData("\u00a0\u3000::error::words", "\u00a0\u3000: :error::words")]
    [InlineData("one\n::stop-commands::words\n::more", "one\n: :stop-commands::words\n: :more")]
    [InlineData("\u001b::set-env", @"\x1b: :set-env")]
    [InlineData("text ##vso[task.setvariable variable=a]b", "text ##vso [task.setvariable variable=a]b")]
    [InlineData("##[set-env name=a]b", "## [set-env name=a]b")]
    [InlineData("##VSO[x] ##teamcity[y]", "##VSO [x] ##teamcity [y]")]
    [InlineData("section_start:1:a section_end:1:a", "section_start :1:a section_end :1:a")]
    [InlineData("travis_fold:start:a", "travis_fold :start:a")]
    [InlineData("'a'::text and ## Heading [x]", "'a'::text and ## Heading [x]")]
    public void Breaks_what_a_service_would_take_for_a_command(string text, string broken)
    {
        Assert.Equal(broken, HarmlessText.Of(text));
        Assert.Equal(broken, HarmlessText.Of(broken));
    }

    [Fact]
    public void Masks_before_it_breaks()
    {
        Redaction.Remember("::secret-of-harmless-text");

        Assert.Equal("***", HarmlessText.Of("::secret-of-harmless-text"));
    }
}
