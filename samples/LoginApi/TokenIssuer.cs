using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LoginApi;

/// <summary>Makes tokens: JWT signed with HS256.</summary>
public sealed class TokenIssuer(LoginApiOptions options, TimeProvider timeProvider)
{
    private readonly SigningCredentials credentials = new(
        new SymmetricSecurityKey(Encoding.UTF8.GetBytes(options.JwtKey)), SecurityAlgorithms.HmacSha256);

    /// <summary>A token for this user with the preferences that the application reads from it.</summary>
    public LoginResponse Issue(User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var now = timeProvider.GetUtcNow();
        var expires = now + options.TokenLifetime;
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "login-api",
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            SigningCredentials = credentials,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = $"{user.Id}",
                ["username"] = user.Username,
                ["max_reports"] = user.MaxReports,
                ["max_templates"] = user.MaxTemplates,
            },
        });
        return new LoginResponse(token, expires);
    }
}
