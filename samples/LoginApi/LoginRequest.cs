namespace LoginApi;

/// <summary>The body of a login.</summary>
public sealed record LoginRequest(string? Username, string? Password);
