namespace Belay.SmokeTests;

/// <summary>What one login attempt came to.</summary>
/// <param name="StatusCode">The HTTP status; null when there was no answer.</param>
/// <param name="Summary">In words, without token or password: <c>500 column user.max_reports does not exist</c>, <c>200 with a valid token</c>, <c>no answer: Connection refused</c>.</param>
/// <param name="Succeeded">Whether it was 200 with a well-formed, unexpired token.</param>
public sealed record LoginAttempt(int? StatusCode, string Summary, bool Succeeded);
