using Belay.SmokeTests;

namespace Belay.Tests.SmokeTests;

public sealed class LoginJudgementTests
{
    [Theory]
    [InlineData(LoginFault.NoAnswer, true)]
    [InlineData(LoginFault.Tls, true)]
    [InlineData(LoginFault.NotFound, true)]
    [InlineData(LoginFault.Redirected, true)]
    [InlineData(LoginFault.Refused, true)]
    [InlineData(LoginFault.SchemaMismatch, false)]
    [InlineData(LoginFault.ServerError, false)]
    [InlineData(LoginFault.TryLater, false)]
    [InlineData(LoginFault.BadToken, false)]
    [InlineData(LoginFault.None, false)]
    public void Stops_a_release_over_what_no_migration_mends(Enum fault, bool expected)
        => Assert.Equal(expected, LoginJudgement.IsHopeless((LoginFault)fault));

    [Theory]
    [InlineData(0.2, 0.5, "The login took 0.2 s before the migration and takes 0.5 s now")]
    [InlineData(0.2, 0.4, null)]
    [InlineData(0.01, 0.2, null)]
    [InlineData(0.5, 0.1, null)]
    public void Warns_of_a_login_that_takes_twice_as_long(double before, double after, string? expected)
        => Assert.Equal(expected, LoginJudgement.Slower(Attempt(before, true), Attempt(after, true)));

    [Fact]
    public void Compares_no_login_with_one_that_failed_or_was_not_tried()
    {
        Assert.Null(LoginJudgement.Slower(Attempt(0.1, false), Attempt(9, true)));
        Assert.Null(LoginJudgement.Slower(null, Attempt(9, true)));
    }

    private static LoginAttempt Attempt(double seconds, bool succeeded)
        => new(200, "200", succeeded) { Duration = TimeSpan.FromSeconds(seconds) };
}
