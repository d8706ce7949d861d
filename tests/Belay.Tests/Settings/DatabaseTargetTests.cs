using Belay.Settings;
using Belay.Settings.Tokens;
using Belay.Tests.Settings.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Settings;

public sealed class DatabaseTargetTests
{
    private static readonly DatabaseTarget Target = DatabaseUrl.Parse("postgresql://ann:s3cret@db/shop");

    [Fact]
    public async Task Keeps_the_password_of_the_address_where_nobody_issues_one()
        => Assert.Same(Target, await Target.WithPasswordAsync(Token));

    [Fact]
    public async Task Takes_the_password_that_is_issued_now()
    {
        var timeProvider = new FakeTimeProvider();
        var tokens = new DatabaseTokens(new CountingTokens(timeProvider, TimeSpan.FromMinutes(15)), timeProvider);
        var target = await (Target with { Password = null, Tokens = tokens }).WithPasswordAsync(Token);

        Assert.Equal(("token 1", "db:5432/shop"), (target.Password?.Reveal(), target.ToString()));
    }
}
