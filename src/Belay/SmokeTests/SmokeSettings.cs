namespace Belay.SmokeTests;

/// <summary>What the smoke test asks, and of whom.</summary>
public sealed record SmokeSettings
{
    /// <summary>What the test is called where there are several; null for the first one.</summary>
    public string? Name { get; init; }

    /// <summary>The login endpoint, for example <c>https://api.example.com/api/v1/auth/login</c>, or the address of a health
    /// check.</summary>
    public required Uri Url { get; init; }

    /// <summary>What is asked. The default is a login.</summary>
    public SmokeMode Mode { get; init; }

    /// <summary>The user to log in as, from <c>SMOKE_USERNAME</c>; empty where nobody logs in.</summary>
    public required string Username { get; init; }

    /// <summary>The user's password, from <c>SMOKE_PASSWORD</c>.</summary>
    public required Secret Password { get; init; }

    /// <summary>The request's method; null for POST, and for GET where nobody logs in.</summary>
    public string? Method { get; init; }

    /// <summary>The request's body, in which <c>{username}</c> and <c>{password}</c> stand for those; null for the usual one.</summary>
    public string? Body { get; init; }

    /// <summary>The request's headers, a line <c>name: value</c> each; null for the usual ones.</summary>
    public Secret? Headers { get; init; }

    /// <summary>The status that is a success whatever token comes with it; null for 200, with a token for a login.</summary>
    public int? Status { get; init; }

    /// <summary>The JSON field that holds the token; null to look for the usual names.</summary>
    public string? TokenField { get; init; }

    /// <summary>How long to go on trying. The default is 60 seconds.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The tests that run after this one, in their order. The default is none.</summary>
    public IReadOnlyList<SmokeSettings> Further { get; init; } = [];

    /// <summary>This test and those that run after it.</summary>
    internal IEnumerable<SmokeSettings> All => Further.Prepend(this);
}
