using System.Security.Cryptography;
using Belay.IntegrationTests.Support;
using Belay.Settings.Tokens;

namespace Belay.IntegrationTests.Postgres.Tokens;

/// <summary>Issues tokens as a cloud does: each is the role's password from then on, and the one before is refused.</summary>
internal sealed class RotatedPassword(TestDatabase database, string role, TimeProvider timeProvider) : ITokenSource
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    /// <summary>All that were issued.</summary>
    public List<Secret> Issued { get; } = [];

    public async Task<DatabaseToken> IssueAsync(CancellationToken cancellationToken)
    {
        // As long as one of Entra.
        var token = new Secret(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(900)));
        await database.ExecuteAsync($"ALTER ROLE {role} PASSWORD '{token.Reveal()}'", cancellationToken);
        Issued.Add(token);
        return new DatabaseToken(token, timeProvider.GetUtcNow() + Life);
    }
}
