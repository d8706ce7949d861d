using System.Security.Authentication;
using Belay.SmokeTests;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.SmokeTests;

public sealed class LoginSmokeTestTests
{
    private const string MissingColumn = """{"error":"column user.clear_previous_anomalies does not exist"}""";

    private readonly FakeTimeProvider timeProvider = new(Tokens.Now) { AutoAdvanceAmount = TimeSpan.Zero };

    private static string Good => $$"""{"access_token":"{{Tokens.Valid()}}"}""";

    [Fact]
    public async Task Passes_with_a_token_for_the_right_and_401_for_a_wrong_password()
    {
        var answers = new Answers(timeProvider).Then(200, Good);

        var report = await RunAsync(answers);

        Assert.Equal(new LoginAttempt(200, "200 with a valid token", true), report.Login with { Duration = TimeSpan.Zero });
        Assert.Equal((401, "401 invalid username or password"), (report.WrongPassword!.StatusCode, report.WrongPassword.Summary));
        Assert.Equal(32, Assert.Single(answers.WrongPasswords).Length);
    }

    [Fact]
    public async Task Goes_on_while_the_application_restarts()
    {
        var answers = new Answers(timeProvider)
            .ThenThrow(new HttpRequestException("Connection refused"))
            .Then(404, "")
            .Then(503, "starting")
            .Then(500, MissingColumn)
            .Then(200, Good);

        Assert.True((await RunAsync(answers)).Login.Succeeded);
    }

    [Fact]
    public async Task Explains_a_missing_column_as_the_guide_does()
    {
        var exception = await FailAsync(new Answers(timeProvider).Then(500, MissingColumn));

        Assert.Matches(
            """^Login at https://api\.example\.com/api/v1/auth/login as "testuser" failed after \d+ attempts in [\d.]+ s: 500 column user\.clear_previous_anomalies does not exist$""",
            exception.Message);
        Assert.Equal(
            "verify that all columns exist with ./build.sh Verify; check the application's logs for other messages; restart the "
                + "application servers "
            + "so that they detect the new schema; check that the application's models match the database's schema; then run "
            + "./build.sh SmokeTest",
            exception.Hint);
        Assert.Equal(ExitCodes.SmokeTestFailed, exception.ExitCode);
        Assert.Equal(LoginFault.SchemaMismatch, exception.Attempt!.Fault);
    }

    [Theory]
    [InlineData(401, "{}", "401 {}", LoginFault.Refused)]
    [InlineData(403, """{"message":"locked"}""", "403 locked", LoginFault.Refused)]
    [InlineData(400, """{"message":"odd"}""", "400 odd", LoginFault.UnexpectedStatus)]
    [InlineData(200, "{}", "200 without a token", LoginFault.BadToken)]
    [InlineData(200, """{"token":"x"}""", "200 with a token that is not a well-formed JWT", LoginFault.BadToken)]
    public async Task Stops_at_once_where_another_try_cannot_help(int status, string body, string summary, Enum fault)
    {
        var answers = new Answers(timeProvider).Then(status, body);

        var exception = await FailAsync(answers);

        Assert.Equal(1, answers.Requests);
        Assert.StartsWith(
            "Login at https://api.example.com/api/v1/auth/login as \"testuser\" failed after 1 attempt in ",
            exception.Message,
            StringComparison.Ordinal);
        Assert.EndsWith($" s: {summary}", exception.Message, StringComparison.Ordinal);
        Assert.Equal(fault, exception.Attempt!.Fault);
    }

    [Fact]
    public async Task Follows_no_redirect_and_hides_its_query()
    {
        var exception = await FailAsync(new Answers(timeProvider).ThenRedirect("/login?ticket=abc"));

        Assert.EndsWith("302 redirect to https://api.example.com/login", exception.Message, StringComparison.Ordinal);
        Assert.Equal("give the final address as --smoke-url; then run ./build.sh SmokeTest", exception.Hint);
    }

    [Fact]
    public async Task Explains_an_untrusted_certificate_without_trying_again()
    {
        var answers = new Answers(timeProvider)
            .ThenThrow(
                new HttpRequestException(
                    "The SSL connection could not be established",
                    new AuthenticationException("The remote certificate is invalid: PartialChain")));

        var exception = await FailAsync(answers);

        Assert.EndsWith(
            "no trusted connection: The remote certificate is invalid: PartialChain", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, answers.Requests);
    }

    [Theory]
    [InlineData("//")]
    [InlineData("http:")]
    public async Task Follows_no_redirect_to_what_is_no_address(string location)
    {
        var exception = await FailAsync(new Answers(timeProvider).ThenRedirect(location));

        Assert.EndsWith("302 redirect to nowhere", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_with_another_status_than_the_expected_one_although_a_token_comes()
    {
        var exception = await FailAsync(new Answers(timeProvider).Then(200, Good), Settings() with { Status = 204 });

        Assert.EndsWith(": 200 with a valid token, and 204 is expected", exception.Message, StringComparison.Ordinal);
        Assert.Equal(LoginFault.UnexpectedStatus, exception.Attempt!.Fault);
    }

    [Fact]
    public async Task Fails_when_a_wrong_password_gets_a_token_with_another_status_than_the_expected_one()
    {
        var exception = await FailAsync(
            new Answers(timeProvider).Then(204, "").ForWrongPasswords(200, Good), Settings() with { Status = 204 });

        Assert.EndsWith(
            "with a wrong password: expected a refusal, got 200 with a valid token, and 204 is expected",
            exception.Message,
            StringComparison.Ordinal);
        Assert.Equal("the application lets anybody in: take it off the network, then check its login", exception.Hint);
    }

    [Fact]
    public async Task Fails_when_a_wrong_password_is_let_in()
    {
        var exception = await FailAsync(new Answers(timeProvider).Then(200, Good).ForWrongPasswords(200, Good));

        Assert.Equal(
            "Login at https://api.example.com/api/v1/auth/login as \"testuser\" with a wrong password: expected 401, got 200 with a valid "
                + "token",
            exception.Message);
        Assert.Equal("the application lets anybody in: take it off the network, then check its login", exception.Hint);
    }

    [Theory]
    [InlineData(
        200,
        "{}",
        "200 without a token",
        "name the token's field with --smoke-token-field when it is an unusual one; check the clocks of both machines; then run "
            + "./build.sh SmokeTest")]
    [InlineData(204, "", "204", "check --smoke-url and the application's logs; then run ./build.sh SmokeTest")]
    [InlineData(302, "", "302 redirect to nowhere", "give the final address as --smoke-url; then run ./build.sh SmokeTest")]
    [InlineData(400, "{}", "400 {}", "check --smoke-url and the application's logs; then run ./build.sh SmokeTest")]
    [InlineData(403, "{}", "403 {}", "check SMOKE_USERNAME and SMOKE_PASSWORD; then run ./build.sh SmokeTest")]
    [InlineData(
        404,
        "{}",
        "404 {}",
        "check --smoke-url, and that the application runs and can be reached from here; then run ./build.sh SmokeTest")]
    [InlineData(422, "{}", "422 {}", "check --smoke-url and the application's logs; then run ./build.sh SmokeTest")]
    [InlineData(429, "{}", "429 {}", "wait until the application takes logins again; then run ./build.sh SmokeTest")]
    public async Task Fails_when_a_wrong_password_is_answered_with_anything_but_401(int status, string body, string answer, string hint)
    {
        var exception = await FailAsync(new Answers(timeProvider).Then(200, Good).ForWrongPasswords(status, body));

        Assert.Equal(
            $"Login at https://api.example.com/api/v1/auth/login as \"testuser\" with a wrong password: expected 401, got {answer}",
            exception.Message);
        Assert.Equal((hint, ExitCodes.SmokeTestFailed), (exception.Hint, exception.ExitCode));
    }

    [Fact]
    public async Task Never_repeats_the_password_or_a_token_that_the_application_echoes()
    {
        var token = Tokens.Valid();

        var exception = await FailAsync(new Answers(timeProvider).Then(400, $"you sent {Answers.Password} and {token}"));

        Assert.EndsWith("400 you sent *** and ***", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_once_what_came_of_a_login_before_the_migration()
    {
        using var answers = new Answers(timeProvider).Then(500, MissingColumn);
        using var test = new LoginSmokeTest(Settings(), timeProvider, answers);

        var attempt = await test.TryOnceAsync(Token);

        Assert.Equal(
            new LoginAttempt(500, "500 column user.clear_previous_anomalies does not exist", false)
            {
                Fault = LoginFault.SchemaMismatch, Duration = TimeSpan.FromSeconds(1),
            },
            attempt);
        Assert.Equal("500 column user.clear_previous_anomalies does not exist, 1.0 s", attempt.TimedSummary);
        Assert.Equal(1, answers.Requests);
    }

    [Fact]
    public async Task Stops_when_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        using var test = new LoginSmokeTest(Settings(), timeProvider, new Answers(timeProvider).Then(200, Good));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.RunAsync(cancelled.Token));
    }

    private static SmokeSettings Settings() => new()
    {
        Url = new Uri("https://someone:secret@api.example.com/api/v1/auth/login?key=k"),
        Username = "testuser",
        Password = new Secret(Answers.Password),
        Deadline = TimeSpan.FromSeconds(30),
    };

    private async Task<SmokeTestException> FailAsync(Answers answers, SmokeSettings? settings = null)
        => await Assert.ThrowsAsync<SmokeTestException>(() => RunAsync(answers, settings));

    /// <summary>Runs the test on the fake clock, moving it on while the test pauses between logins.</summary>
    private async Task<SmokeReport> RunAsync(Answers answers, SmokeSettings? settings = null)
    {
        using var test = new LoginSmokeTest(settings ?? Settings(), timeProvider, answers);
        var run = test.RunAsync(Token);
        while (!run.IsCompleted)
        {
            await Task.Delay(1, Token);
            timeProvider.Advance(run.IsCompleted ? TimeSpan.Zero : TimeSpan.FromSeconds(0.1));
        }

        return await run;
    }
}
