namespace Belay.SmokeTests;

/// <summary>What the smoke test saw.</summary>
/// <param name="Login">The login with the right password.</param>
/// <param name="WrongPassword">The login with a wrong one; null where nobody logs in.</param>
internal sealed record SmokeReport(LoginAttempt Login, LoginAttempt? WrongPassword);
