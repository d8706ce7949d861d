namespace LoginApi;

/// <summary>The answer to a request that failed.</summary>
public sealed record ErrorResponse(string Error);
