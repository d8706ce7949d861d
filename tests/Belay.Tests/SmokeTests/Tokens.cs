using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Belay.Tests.SmokeTests;

/// <summary>Tokens as an application would issue them.</summary>
internal static class Tokens
{
    public static readonly DateTimeOffset Now = new(2025, 10, 12, 10, 30, 0, TimeSpan.Zero);

    private static readonly SymmetricSecurityKey Key = new(Encoding.UTF8.GetBytes("a key of tests, of thirty-two bytes and more"));

    public static string Valid() => Create(Now.AddMinutes(-1), Now.AddHours(1));

    public static string Create(DateTimeOffset? from, DateTimeOffset? to)
        => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            NotBefore = from?.UtcDateTime,
            Expires = to?.UtcDateTime,
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.HmacSha256),
            Claims = new Dictionary<string, object> { ["sub"] = "1" },
        });

    public static string Unsigned() => $"{Base64UrlEncoder.Encode("""{"alg":"none"}""")}.{Base64UrlEncoder.Encode("""{"sub":"1"}""")}.";
}
