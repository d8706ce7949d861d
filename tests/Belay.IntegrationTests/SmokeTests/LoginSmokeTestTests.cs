using Belay.IntegrationTests.Local;
using Belay.IntegrationTests.Support;
using Belay.Local;
using Belay.SmokeTests;

namespace Belay.IntegrationTests.SmokeTests;

public sealed class LoginSmokeTestTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Sees_500_before_and_a_valid_token_after_the_migration()
    {
        await using var sample = await SampleDatabase.CreateAsync(postgres, Token);
        await using var server = await LoginApiServer.StartAsync(sample.Api, Token);
        using var test = new LoginSmokeTest(Settings(server.LoginUrl), TimeProvider.System);

        var before = await test.TryOnceAsync(Token);
        await sample.MigrateAsync(Token);
        var after = await test.RunAsync(Token);

        Assert.Equal("500 column user.clear_previous_anomalies does not exist", before.Summary);
        Assert.Equal("200 with a valid token", after.Login.Summary);
        Assert.Equal("401 invalid username or password", after.WrongPassword!.Summary);
    }

    [Fact]
    public async Task Gives_up_at_the_deadline_when_the_columns_never_come()
    {
        await using var sample = await SampleDatabase.CreateAsync(postgres, Token);
        await using var server = await LoginApiServer.StartAsync(sample.Api, Token);
        using var test = new LoginSmokeTest(Settings(server.LoginUrl) with { Deadline = TimeSpan.FromSeconds(1) }, TimeProvider.System);

        // The application's first answer may take it longer than that.
        await test.TryOnceAsync(Token);
        var exception = await Assert.ThrowsAsync<SmokeTestException>(() => test.RunAsync(Token));

        Assert.EndsWith(": 500 column user.clear_previous_anomalies does not exist", exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("verify that all columns exist with ./build.sh Verify;", exception.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_nobody_answers()
    {
        Uri closed;
        await using (var server = await LoginApiServer.StartAsync(postgres.Server.Target("postgres"), Token))
        {
            closed = server.LoginUrl;
        }

        using var test = new LoginSmokeTest(Settings(closed), TimeProvider.System);

        var attempt = await test.TryOnceAsync(Token);

        Assert.Equal((null, LoginFault.NoAnswer), (attempt.StatusCode, attempt.Fault));
        Assert.StartsWith("no answer: Connection refused", attempt.Summary, StringComparison.Ordinal);
    }

    private static SmokeSettings Settings(Uri url) => new()
    {
        Url = url,
        Username = SampleSchema.Username,
        Password = new Secret(SampleSchema.Password),
    };
}
