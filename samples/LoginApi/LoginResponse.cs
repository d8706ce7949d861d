using System.Text.Json.Serialization;

namespace LoginApi;

/// <summary>The answer to a good login.</summary>
/// <param name="AccessToken">A JWT signed with HS256.</param>
/// <param name="Expires">When it ends.</param>
public sealed record LoginResponse(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("expires")] DateTimeOffset Expires);
