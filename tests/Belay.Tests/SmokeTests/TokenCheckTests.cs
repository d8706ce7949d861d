using Belay.SmokeTests;

namespace Belay.Tests.SmokeTests;

public sealed class TokenCheckTests
{
    [Fact]
    public void Accepts_a_signed_token_until_it_expires() => Assert.Null(TokenCheck.Fault(Tokens.Valid(), Tokens.Now));

    [Fact]
    public void Accepts_a_token_without_expiry() => Assert.Null(TokenCheck.Fault(Tokens.Create(null, null), Tokens.Now));

    [Fact]
    public void Refuses_an_expired_token()
        => Assert.Equal(
            "a token that expired at 2025-10-12 10:30:00 UTC",
            TokenCheck.Fault(Tokens.Create(Tokens.Now.AddHours(-1), Tokens.Now), Tokens.Now));

    [Fact]
    public void Forgives_five_minutes_between_the_clocks()
        => Assert.Null(TokenCheck.Fault(Tokens.Create(Tokens.Now.AddMinutes(5), Tokens.Now.AddHours(1)), Tokens.Now));

    [Fact]
    public void Refuses_a_token_that_is_not_valid_yet()
        => Assert.Equal(
            "a token that is not valid before 2025-10-12 10:36:00 UTC",
            TokenCheck.Fault(Tokens.Create(Tokens.Now.AddMinutes(6), Tokens.Now.AddHours(1)), Tokens.Now));

    [Fact]
    public void Refuses_an_unsigned_token() => Assert.Equal("a token without signature", TokenCheck.Fault(Tokens.Unsigned(), Tokens.Now));

    [Theory]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.e30")]
    public void Refuses_what_is_no_JWT(string token)
        => Assert.Equal("a token that is not a well-formed JWT", TokenCheck.Fault(token, Tokens.Now));
}
