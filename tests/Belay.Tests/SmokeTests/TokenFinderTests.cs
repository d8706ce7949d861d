using Belay.SmokeTests;

namespace Belay.Tests.SmokeTests;

public sealed class TokenFinderTests
{
    [Theory]
    [InlineData("""{"access_token":"t"}""")]
    [InlineData("""{"token":"t"}""")]
    [InlineData("""{"jwt":"t"}""")]
    [InlineData("""{"id_token":"t"}""")]
    [InlineData("""{"accessToken":"t","refreshToken":"r"}""")]
    [InlineData("""{"data":{"token":"t"}}""")]
    [InlineData("""{"result":{"session":{"jwt":"t"}}}""")]
    [InlineData("""{"token":{"access_token":"t"}}""")]
    [InlineData("""{"nested":{"access_token":"deep"},"token":"t"}""")]
    [InlineData("""{"access_token":"\ud83d","token":"t"}""")]
    [InlineData("\uFEFF{\"token\":\"t\"}")]
    public void Finds_the_usual_names_outermost_first(string body) => Assert.Equal("t", TokenFinder.Find(body, field: null));

    [Theory]
    [InlineData("ticket", """{"token":"no","ticket":"t"}""")]
    [InlineData("data.session.key", """{"data":{"session":{"key":"t"}}}""")]
    public void Takes_the_configured_field(string field, string body) => Assert.Equal("t", TokenFinder.Find(body, field));

    [Theory]
    [InlineData(null, "")]
    [InlineData(null, "<html>")]
    [InlineData(null, "[]")]
    [InlineData(null, """{"token":5}""")]
    [InlineData(null, """{"token":"half a sign \ud83d"}""")]
    [InlineData(null, """{"token":""}""")]
    [InlineData("ticket", """{"token":"t"}""")]
    [InlineData("data.key", """{"data":"t"}""")]
    public void Finds_nothing_where_there_is_no_token(string? field, string body) => Assert.Null(TokenFinder.Find(body, field));
}
