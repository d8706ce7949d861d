using Belay.SmokeTests;

namespace Belay.Tests.SmokeTests;

public sealed class SmokeRequestTests
{
    private static readonly Secret Password = new("a\"b&c {username}");

    private static readonly SmokeSettings Login = new()
    {
        Url = new Uri("https://api.example.com/login"), Username = "ann", Password = Password,
    };

    [Fact]
    public async Task Is_the_usual_login_where_nothing_else_is_said()
    {
        using var request = SmokeRequest.Make(Login, Password);

        Assert.Equal(HttpMethod.Post, request.Method);
        Assert.Equal("application/json", $"{request.Content!.Headers.ContentType}");
        Assert.Equal(
            """{"username":"ann","password":"a\u0022b\u0026c {username}"}""", await request.Content.ReadAsStringAsync(Token));
        Assert.NotNull(request.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "a%22b%26c%20%7Busername%7D")]
    [InlineData("text/plain", "a\"b&c {username}")]
    [InlineData("application/vnd.api+json", """a\u0022b\u0026c {username}""")]
    public async Task Writes_name_and_password_as_the_type_of_the_body_has_them(string type, string written)
    {
        using var request = SmokeRequest.Make(
            Login with { Body = "u={username}&p={password}", Headers = new Secret($"content-type: {type}") }, Password);

        Assert.Equal($"u=ann&p={written}", await request.Content!.ReadAsStringAsync(Token));
        Assert.Equal([type], request.Content.Headers.GetValues("Content-Type"));
    }

    [Fact]
    public void Has_method_and_headers_that_were_given()
    {
        using var request = SmokeRequest.Make(
            Login with { Method = "PUT", Headers = new Secret("X-Api-Key: k:1\n\nAccept: text/html\r\n") }, Password);

        Assert.Equal(HttpMethod.Put, request.Method);
        Assert.Equal(["k:1"], request.Headers.GetValues("X-Api-Key"));
        Assert.Equal(["text/html"], request.Headers.GetValues("Accept"));
    }

    [Fact]
    public void Has_headers_that_belong_to_the_body()
    {
        using var request = SmokeRequest.Make(
            Login with { Headers = new Secret("Content-Language: de\ncontent-encoding: identity") }, Password);

        Assert.Equal(["de"], request.Content!.Headers.ContentLanguage);
        Assert.Equal(["identity"], request.Content.Headers.ContentEncoding);
    }

    [Fact]
    public void Of_a_health_check_has_no_body()
    {
        using var request = SmokeRequest.Make(Login with { Mode = SmokeMode.Health }, Password);

        Assert.Equal((HttpMethod.Get, null), (request.Method, request.Content));
    }
}
