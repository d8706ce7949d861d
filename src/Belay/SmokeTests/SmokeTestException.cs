namespace Belay.SmokeTests;

/// <summary>The login of the smoke test failed, or a wrong password was not refused.</summary>
/// <param name="message">Which login, and what was answered.</param>
internal sealed class SmokeTestException(string message, string? hint = null) : BelayException(message, hint)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.SmokeTestFailed;

    /// <summary>The login that failed.</summary>
    public LoginAttempt? Attempt { get; init; }
}
