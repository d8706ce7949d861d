using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Belay.SmokeTests;

/// <summary>Whether a token is a well-formed, signed, unexpired JWT. The signature itself cannot be checked:
/// only the application has the key.</summary>
internal static class TokenCheck
{
    /// <summary>Servers' clocks differ; a token that begins within this time is taken as begun.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong with the token, never with its text; null when nothing is.</summary>
    public static string? Fault(string token, DateTimeOffset now)
    {
        try
        {
            return Fault(new JsonWebToken(token), now.UtcDateTime);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or SecurityTokenException)
        {
            return "a token that is not a well-formed JWT";
        }
    }

    private static string? Fault(JsonWebToken token, DateTime now)
    {
        if (!token.IsEncrypted && (token.EncodedSignature.Length == 0 || token.Alg.Equals("none", StringComparison.OrdinalIgnoreCase)))
        {
            return "a token without signature";
        }

        if (token.ValidTo != DateTime.MinValue && token.ValidTo <= now)
        {
            return $"a token that expired at {Quantity.Utc(token.ValidTo)}";
        }

        return token.ValidFrom > now + ClockSkew ? $"a token that is not valid before {Quantity.Utc(token.ValidFrom)}" : null;
    }
}
