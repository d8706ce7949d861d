using System.Text.Json.Serialization;

namespace LoginApi;

/// <summary>The answer to a good login.</summary>
/// <param name="AccessToken">A JWT signed with HS256.</param>
public sealed record LoginResponse(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("expires")] DateTimeOffset Expires);
