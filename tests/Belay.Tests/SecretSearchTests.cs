namespace Belay.Tests;

public sealed class SecretSearchTests
{
    [Theory]
    [InlineData(0, "x *** y")]
    [InlineData(1, " *** y")]
    [InlineData(5, "*** y")]
    [InlineData(10, " y")]
    public void Masks_from_a_place_on_also_what_begins_before_it(int from, string masked)
        => Assert.Equal(masked, new SecretSearch(["secret-a"]).Apply("x secret-a y", from));

    [Theory]
    [InlineData("one-word", "***")]
    [InlineData("one-wordtwo-word", "***")]
    [InlineData("one-word two-word", "*** ***")]
    [InlineData("two-word,one-word!", "***,***!")]
    [InlineData("one-wor", "one-wor")]
    public void Masks_secrets_that_touch_as_one(string text, string masked)
        => Assert.Equal(masked, new SecretSearch(["one-word", "two-word"]).Apply(text));

    [Theory]
    [InlineData("abcdef", "***")]
    [InlineData("abcde", "***e")]
    [InlineData("abcabcd", "abc***")]
    [InlineData("xabcdefgx", "x***x")]
    public void Masks_the_longest_of_those_that_begin_alike(string text, string masked)
        => Assert.Equal(masked, new SecretSearch(["abcd", "abcdef", "cdefg"]).Apply(text));

    [Theory]
    [InlineData("xy", "***")]
    [InlineData("a xy b=xy c=xy", "a xy b=*** c=***")]
    [InlineData("xyxy=xy", "xyxy=***")]
    [InlineData("a=\"x\\u0079\"", "a=\"x\\u0079\"")]
    public void Masks_a_short_secret_where_it_is_a_value_as_it_is(string text, string masked)
        => Assert.Equal(masked, new SecretSearch(["xy"]).Apply(text));

    [Theory]
    [InlineData("(bG9uZ2VyLXNlY3JldA==)", "(***)")]
    [InlineData("(AAAAbG9uZ2VyLXNlY3JldAAA_-+/09)", "(***)")]
    [InlineData("bG9uZ2VyLXNlY3JldA", "***")]
    [InlineData("(=bG9uZ2VyLXNlY3JldA===)=", "(=***)=")]
    [InlineData("(6c6f6e6765722d736563726574)", "(***)")]
    public void Masks_all_of_the_text_around_an_encoded_secret(string text, string masked)
        => Assert.Equal(masked, new SecretSearch(["longer-secret"]).Apply(text));

    [Theory]
    [InlineData("word%25252Dsecret.", "***.")]
    [InlineData("word%2525252Dsecret.", "word%2525252Dsecret.")]
    [InlineData("a&amp;#37;2Dword%2Dsecret", "a&amp;#37;2D***")]
    [InlineData("'word\\u002dsecret'", "'***'")]
    [InlineData("| word- |\n| secret |", "| *** |")]
    [InlineData("wo\\x72d-\n  sec%72et", "***")]
    public void Masks_what_was_escaped_up_to_three_times_at_its_place_in_the_text(string text, string masked)
        => Assert.Equal(masked, new SecretSearch(["word-secret"]).Apply(text));

    [Theory]
    [InlineData("it begins: word", 4, true)]
    [InlineData("it begins: word", 5, false)]
    [InlineData("it begins: word-secre", 4, true)]
    [InlineData("word", 4, true)]
    [InlineData("wor", 4, false)]
    [InlineData("it ends: word-secret", 4, false)]
    [InlineData("it may go on: more-words", 4, true)]
    [InlineData("it begins: wo%72d", 4, true)]
    [InlineData("it begins: wo%72d", 5, false)]
    [InlineData("", 1, false)]
    [InlineData("zzzz", 1, false)]
    public void Knows_the_beginning_of_a_secret_at_the_end_of_a_line(string line, int least, bool expected)
        => Assert.Equal(expected, new SecretSearch(["word-secret", "more-words", "more-words-of-it"]).EndsWithBeginning(line, least));

    [Fact]
    public void Knows_that_a_whole_secret_is_no_beginning_though_it_sorts_first()
        => Assert.False(new SecretSearch(["!!!!"]).EndsWithBeginning("a!!!!", 4));

    [Fact]
    public void Masks_a_secret_that_has_a_sign_of_a_frame_where_its_line_is_wrapped()
        => Assert.Equal("***", new SecretSearch(["ab|cdef"]).Apply("ab|\ncdef"));

    [Fact]
    public void Does_without_secrets()
    {
        var search = new SecretSearch([]);
        Assert.Equal("a 'b' %41\n", search.Apply("a 'b' %41\n"));
        Assert.False(search.EndsWithBeginning("abcd", 1));
    }
}
