namespace Belay.SmokeTests;

/// <summary>How the smoke test logs in.</summary>
public sealed record SmokeSettings
{
    /// <summary>The login endpoint, for example <c>https://api.example.com/api/v1/auth/login</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>The user to log in as, from <c>SMOKE_USERNAME</c>.</summary>
    public required string Username { get; init; }

    /// <summary>The user's password, from <c>SMOKE_PASSWORD</c>.</summary>
    public required Secret Password { get; init; }

    /// <summary>The JSON field that holds the token; null to look for the usual names.</summary>
    public string? TokenField { get; init; }

    /// <summary>How long to go on trying. The default is 60 seconds.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(60);
}
