using Azure.Core;
using Azure.Identity;
using Belay.Postgres.Tokens;

namespace Belay.Tests.Postgres.Tokens;

public sealed class EntraTokensTests
{
    private static readonly DateTimeOffset End = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Asks_for_a_token_of_the_database_service_and_says_when_it_ends()
    {
        IReadOnlyList<string> scopes = [];
        var credential = DelegatedTokenCredential.Create((context, _) =>
        {
            scopes = context.Scopes;
            return new AccessToken("entra-token-of-a-test", End);
        });

        var token = await new EntraTokens(credential).IssueAsync(Token);

        Assert.Equal(["https://ossrdbms-aad.database.windows.net/.default"], scopes);
        Assert.Equal(("entra-token-of-a-test", End), (token.Value.Reveal(), token.ExpiresUtc));
    }

    [Fact]
    public async Task Says_what_to_do_where_nobody_is_logged_in()
    {
        var credential = DelegatedTokenCredential.Create((_, _) => throw new CredentialUnavailableException("Please run 'az login'"));

        var failure = await Assert.ThrowsAsync<TokenException>(() => new EntraTokens(credential).IssueAsync(Token));

        Assert.Equal("Microsoft Entra ID issued no token for the database: Please run 'az login'", failure.Message);
        Assert.Equal("az login, or give the machine an identity that the server knows; then run ./build.sh Preflight", failure.Hint);
    }
}
