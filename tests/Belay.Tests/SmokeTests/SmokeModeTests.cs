using System.Net;
using Belay.SmokeTests;
using Belay.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.SmokeTests;

public sealed class SmokeModeTests
{
    private static readonly SmokeSettings Settings = new()
    {
        Url = new Uri("https://api.example.com/health"),
        Username = "ann",
        Password = new Secret("the-right-password-of-this-test"),
        Deadline = TimeSpan.FromSeconds(1),
    };

    [Theory]
    [InlineData(HttpStatusCode.OK, null)]
    [InlineData(HttpStatusCode.NoContent, 204)]
    [InlineData(HttpStatusCode.Found, 302)]
    public async Task A_health_check_passes_with_the_status_that_is_expected_and_tries_no_password(HttpStatusCode answered, int? expected)
    {
        var report = await RunAsync(answered, Settings with { Mode = SmokeMode.Health, Status = expected });

        Assert.Equal(($"{(int)answered} as expected", true), (report.Login.Summary, report.Login.Succeeded));
        Assert.Null(report.WrongPassword);
    }

    [Fact]
    public async Task A_health_check_fails_with_another_status()
    {
        var failure = await Assert.ThrowsAsync<SmokeTestException>(
            () => RunAsync(HttpStatusCode.Unauthorized, Settings with { Mode = SmokeMode.Health }));

        Assert.StartsWith(
            "Health check at https://api.example.com/health failed after 1 attempt in ", failure.Message, StringComparison.Ordinal);
        Assert.Equal("check --smoke-url, and SMOKE_HEADER where the address wants one; then run ./build.sh SmokeTest", failure.Hint);
        Assert.EndsWith(": 401", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_whose_status_is_expected_must_be_refused_with_a_wrong_password_all_the_same()
    {
        var failure = await Assert.ThrowsAsync<SmokeTestException>(
            () => RunAsync(HttpStatusCode.NoContent, Settings with { Status = 204 }));

        Assert.Equal(
            "Login at https://api.example.com/health as \"ann\" with a wrong password: expected a refusal, got 204 as expected",
            failure.Message);
    }

    private static async Task<SmokeReport> RunAsync(HttpStatusCode answered, SmokeSettings settings)
    {
        using var test = new LoginSmokeTest(settings, new FakeTimeProvider(), new AnsweringHandler(answered));
        return await test.RunAsync(Token);
    }
}
