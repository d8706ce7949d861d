namespace Belay.Settings.Tokens;

/// <summary>A password that the server takes for a while.</summary>
/// <param name="ExpiresUtc">From then on no connection can be opened with it; one that is open stays.</param>
internal sealed record DatabaseToken(Secret Value, DateTimeOffset ExpiresUtc);
