namespace Belay.Tests;

public sealed class UnescapedTextTests
{
    [Theory]
    [InlineData("%41%62", "Ab")]
    [InlineData("%4", "%4")]
    [InlineData("%zz", "%zz")]
    [InlineData("100%", "100%")]
    [InlineData("%C3%BC", "ü")]
    [InlineData("%F0%9F%98%80", "\ud83d\ude00")]
    [InlineData("%FF%41", "\u00ffA")]
    [InlineData("%C3%BC%FF%C3%BC", "ü\u00ffü")]
    [InlineData("%E2%82%41", "\u00e2\u0082A")]
    public void Reads_percent_escapes_as_UTF_8_and_what_is_none_byte_by_byte(string text, string read) => Demand(text, read);

    [Theory]
    [InlineData("\\u0041b", "Ab")]
    [InlineData("\\u004", "\\u004")]
    [InlineData("\\x41b", "Ab")]
    [InlineData("\\x4", "\\x4")]
    [InlineData("a\\nb\\rc", "abc")]
    [InlineData("a\\\r\n  b", "ab")]
    [InlineData("a\\\nb", "ab")]
    [InlineData("\\'\\\"\\\\", "'\"\\")]
    [InlineData("\\q \\ \\1", "\\q \\ \\1")]
    [InlineData("a\\", "a\\")]
    public void Reads_what_follows_a_backslash(string text, string read) => Demand(text, read);

    [Theory]
    [InlineData("&amp;&#65;&#x42;", "&AB")]
    [InlineData("&hearts;", "\u2665")]
    [InlineData("&nonsense; & b;", "&nonsense; & b;")]
    [InlineData("a&", "a&")]
    [InlineData("a&amp", "a&amp")]
    [InlineData("a&#000000065;b&#0000000065;", "aAb&#0000000065;")]
    public void Reads_names_and_numbers_of_HTML(string text, string read) => Demand(text, read);

    [Theory]
    [InlineData("&Tab;&NewLine;", "\t\n")]
    [InlineData("&excl;&num;&dollar;&percnt;", "!#$%")]
    [InlineData("&lpar;&rpar;&ast;&plus;&comma;&period;&sol;", "()*+,./")]
    [InlineData("&colon;&semi;&equals;&quest;&commat;", ":;=?@")]
    [InlineData("&lsqb;&lbrack;&bsol;&rsqb;&rbrack;", "[[\\]]")]
    [InlineData("&Hat;&lowbar;&grave;&lcub;&lbrace;", "^_`{{")]
    [InlineData("&verbar;&vert;&rcub;&rbrace;", "||}}")]
    public void Reads_the_punctuation_that_HTML_has_names_for(string text, string read) => Demand(text, read);

    [Theory]
    [InlineData("it''s", "it's")]
    [InlineData("\"\"", "\"")]
    [InlineData("it'\\''s", "it's")]
    [InlineData("it'\"'\"'s", "it's")]
    [InlineData("'a' \"b\"", "'a' \"b\"")]
    [InlineData("'\\'x", "''x")]
    [InlineData("'\"'\"x", "'\"'\"x")]
    public void Reads_a_doubled_quote_and_those_of_shells_as_one(string text, string read) => Demand(text, read);

    [Theory]
    [InlineData("`$a`\"b", "$a\"b")]
    [InlineData("`a ^b ^ c ` d ^1 a^", "`a ^b ^ c ` d ^1 a^")]
    [InlineData("^|^<", "|<")]
    public void Leaves_out_the_escapes_of_other_shells_before_a_sign_only(string text, string read) => Demand(text, read);

    [Theory]
    [InlineData("\u001b[31;1mred\u001b[0m", "red")]
    [InlineData("\u001b[31", "")]
    [InlineData("\u001b[@a", "a")]
    [InlineData("\u001b[1 qa", "a")]
    [InlineData("\u001b]0;title\n  b", "b")]
    [InlineData("\u001b]0;title\ab", "b")]
    [InlineData("\u001b]0;title\nb", "b")]
    [InlineData("\u001b]0;title", "]0;title")]
    [InlineData("a\u001bXb\u001b", "aXb")]
    public void Leaves_out_what_steers_a_terminal(string text, string read) => Demand(text, read);

    [Theory]
    [InlineData("a\u200bb\u00adc\u2028d\u2029e\0f", "abcdef")]
    [InlineData("a\tb", "a\tb")]
    [InlineData("a \t\r\n\n \tb", "ab")]
    [InlineData("a |\n| b", "a || b")]
    [InlineData("\n a", "a")]
    public void Leaves_out_what_cannot_be_seen_and_line_breaks_with_the_blanks_around(string text, string read) => Demand(text, read);

    [Theory]
    [InlineData("| a |\n| b |", "| ab |")]
    [InlineData("a │ \n ┃ b", "ab")]
    [InlineData("a =\n. b +\n> c", "abc")]
    [InlineData("a ||\n|| b", "a || b")]
    [InlineData("a -\n- b", "a -- b")]
    public void Leaves_out_one_sign_of_a_frame_on_each_side_of_a_line_break(string text, string read)
        => Assert.Equal(read, UnescapedText.Of(text, isFramed: true).Text);

    [Fact]
    public void Knows_the_place_of_each_character()
    {
        Assert.Equal([(0, 1), (1, 4), (4, 5)], Places("a%41b"));
        Assert.Equal([(0, 6), (6, 9), (9, 12)], Places("%C3%BC%41%FF"));
        Assert.Equal([(0, 3), (3, 6), (6, 9)], Places("%E2%82%41"));
        Assert.Equal([(0, 12), (0, 12), (12, 13)], Places("%F0%9F%98%80b"));
        Assert.Equal([(0, 6), (6, 10), (10, 12), (12, 13), (13, 14)], Places("\\u0041\\x42\\'\\q"));
        Assert.Equal([(0, 5), (5, 6), (6, 7)], Places("&amp;&b"));
        Assert.Equal([(0, 2), (2, 6), (6, 11), (11, 12)], Places("\"\"'\\'''\"'\"''"));
        Assert.Equal([(0, 1), (4, 5), (6, 7)], Places("a \n b\u200bc"));
        Assert.Equal([(0, 1), (1, 2), (2, 3)], Places("a%4"));
        Assert.Equal([(0, 1)], Places("\\"));
    }

    [Theory]
    [InlineData("%2541", "A")]
    [InlineData("%25252541", "A")]
    [InlineData("%2525252541", "%41")]
    [InlineData("&amp;#92;u0041", "A")]
    [InlineData("plain", "plain")]
    public void Reads_what_was_escaped_up_to_four_times(string text, string read) => Assert.Equal(read, UnescapedText.Whole(text));

    [Theory]
    [InlineData("plain text: a|b, [x]_{y}\t<z>", false)]
    [InlineData("%", true)]
    [InlineData("\\", true)]
    [InlineData("&", true)]
    [InlineData("`", true)]
    [InlineData("^", true)]
    [InlineData("'", true)]
    [InlineData("\"", true)]
    [InlineData("\n", true)]
    [InlineData("\r", true)]
    [InlineData("\u001b", true)]
    [InlineData("\u200b", true)]
    [InlineData("\u2028", true)]
    [InlineData("\u2029", true)]
    public void Is_needed_where_there_is_something_to_take_out(string text, bool isNeeded)
        => Assert.Equal(isNeeded, UnescapedText.IsNeededFor(text));

    private static IReadOnlyList<(int Start, int End)> Places(string text) => UnescapedText.Of(text).Places;

    private static void Demand(string text, string read)
    {
        var unescaped = UnescapedText.Of(text);
        Assert.Equal((read, read.Length), (unescaped.Text, unescaped.Places.Count));
    }
}
