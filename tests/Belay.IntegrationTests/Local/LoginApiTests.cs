using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Belay.IntegrationTests.Support;
using Belay.Local;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Belay.IntegrationTests.Local;

public sealed class LoginApiTests(PostgresFixture postgres) : IDisposable
{
    private readonly HttpClient client = new();

    [Fact]
    public async Task Fails_before_the_migration_with_the_words_of_the_guide_and_logs_in_after_it()
    {
        await using var sample = await SampleDatabase.CreateAsync(postgres, Token);
        await using var server = await LoginApiServer.StartAsync(sample.Api, Token);

        var before = await PostAsync(server.LoginUrl, "testuser", "testpass");
        await sample.MigrateAsync(Token);
        var after = await PostAsync(server.LoginUrl, "testuser", "testpass");

        Assert.Equal((HttpStatusCode.InternalServerError, """{"error":"column user.clear_previous_anomalies does not exist"}"""), before);
        Assert.Equal(HttpStatusCode.OK, after.Status);
        using var answer = JsonDocument.Parse(after.Body);
        var token = new JsonWebToken(answer.RootElement.GetProperty("access_token").GetString());
        Assert.Equal(("HS256", "1"), (token.Alg, token.Subject));
        Assert.True(answer.RootElement.GetProperty("expires").GetDateTimeOffset() > TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Answers_401_to_a_wrong_password_and_to_an_unknown_user_alike()
    {
        await using var sample = await SampleDatabase.CreateAsync(postgres, Token);
        await sample.MigrateAsync(Token);
        await using var server = await LoginApiServer.StartAsync(sample.Api, Token);

        var wrong = await PostAsync(server.LoginUrl, "testuser", "testpasS");
        var unknown = await PostAsync(server.LoginUrl, "nobody", "testpass");

        Assert.Equal((HttpStatusCode.Unauthorized, """{"error":"invalid username or password"}"""), wrong);
        Assert.Equal(wrong, unknown);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"username":"testuser"}""")]
    [InlineData("""{"username":5,"password":"x"}""")]
    [InlineData("username=testuser&password=testpass")]
    public async Task Answers_400_to_a_body_that_is_no_login(string body)
    {
        await using var server = await LoginApiServer.StartAsync(postgres.Server.Target("postgres"), Token);

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(server.LoginUrl, content, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Is_healthy_without_a_database()
    {
        await using var server = await LoginApiServer.StartAsync(postgres.Server.Target("missing_database"), Token);

        using var response = await client.GetAsync(new Uri(server.Address, "/healthz"), Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Runs_as_a_process_of_its_own()
    {
        await using var sample = await SampleDatabase.CreateAsync(postgres, Token);
        var folder = TestFolder.New("login-api");
        var started = await LoginApiProcess.StartAsync(
            sample.Api, Path.Combine(folder, "login-api.log"), TimeProvider.System, Token);
        using var process = System.Diagnostics.Process.GetProcessById(started.ProcessId);
        try
        {
            await sample.MigrateAsync(Token);

            Assert.Equal(HttpStatusCode.OK, (await PostAsync(started.LoginUrl, "testuser", "testpass")).Status);
            Assert.DoesNotContain(
                sample.Api.Password!.Reveal(),
                await File.ReadAllTextAsync($"/proc/{started.ProcessId}/cmdline", Token),
                StringComparison.Ordinal);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(Token);
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(Uri url, string username, string password)
    {
        using var response = await client.PostAsJsonAsync(url, new { username, password }, Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }
}
