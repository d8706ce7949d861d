using Azure.Core;
using Azure.Identity;
using Belay.Settings.Tokens;

namespace Belay.Postgres.Tokens;

/// <summary>Tokens of Microsoft Entra ID for Azure Database for PostgreSQL.</summary>
/// <remarks>The scope is the one that Microsoft's page "Use Microsoft Entra ID for authentication with Azure Database for PostgreSQL"
/// names. Clouds of their own (China, Government) have another, and are not supported.</remarks>
/// <param name="credential">Who connects: a managed or workload identity, or who ran az login.</param>
internal sealed class EntraTokens(TokenCredential credential) : ITokenSource
{
    public const string Scope = "https://ossrdbms-aad.database.windows.net/.default";

    /// <inheritdoc/>
    public async Task<DatabaseToken> IssueAsync(CancellationToken cancellationToken)
    {
        try
        {
            var token = await credential.GetTokenAsync(new TokenRequestContext([Scope]), cancellationToken);
            return new DatabaseToken(new Secret(token.Token), token.ExpiresOn);
        }
        catch (AuthenticationFailedException exception)
        {
            throw new TokenException(
                $"Microsoft Entra ID issued no token for the database: {exception.Message}",
                "az login, or give the machine an identity that the server knows; then run ./build.sh Preflight",
                exception);
        }
    }
}
