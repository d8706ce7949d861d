using Belay.SmokeTests;

namespace Belay.Tests.SmokeTests;

public sealed class AnswerTextTests
{
    [Theory]
    [InlineData(
        """{"error":"column user.clear_previous_anomalies does not exist"}""", "column user.clear_previous_anomalies does not exist")]
    [InlineData(
        "(psycopg2.errors.UndefinedColumn) column user.max_reports does not exist\nLINE 1: ...", "column user.max_reports does not exist")]
    [InlineData("""{"detail":"42703: column \"max_reports\" does not exist"}""", "column \"max_reports\" does not exist")]
    [InlineData("""{"detail":"relation \"user\" does not exist"}""", "relation \"user\" does not exist")]
    public void Takes_out_the_missing_column_or_table(string body, string text)
    {
        Assert.Equal(text, AnswerText.Of(body));
        Assert.True(AnswerText.SpeaksOfMissingObject(body));
    }

    [Theory]
    [InlineData("""{"message":"bad day"}""", "bad day")]
    [InlineData("""{"error":{"code":5,"message":"bad day"}}""", "bad day")]
    [InlineData("""{"message":"half a sign \ud83d","error":"bad day"}""", "bad day")]
    [InlineData("""{"message":"half a sign \ud83d"}""", """{"message":"half a sign \ud83d"}""")]
    [InlineData("<html><style>p{}</style><h1>Bad</h1>\n<p>Gateway</p></html>", "Bad Gateway")]
    [InlineData("plain\r\n\u001b[2Jwords", "plain [2Jwords")]
    [InlineData("", "")]
    public void Shortens_a_body_to_its_message(string body, string text)
    {
        Assert.Equal(text, AnswerText.Of(body));
        Assert.False(AnswerText.SpeaksOfMissingObject(body));
    }

    [Fact]
    public void Cuts_after_200_characters() => Assert.Equal(new string('x', 200) + "…", AnswerText.Of(new string('x', 1000)));

    [Fact]
    public void Masks_tokens_and_known_secrets()
    {
        _ = new Secret("hunter2-of-answer-text");

        Assert.Equal("token *** for ***", AnswerText.Of($"token {Tokens.Valid()} for hunter2-of-answer-text"));
    }
}
