namespace Belay.Local;

/// <summary>The sample's login API did not start.</summary>
/// <param name="message">What it said.</param>
/// <param name="hint">Where to look.</param>
public sealed class LoginApiException(string message, string? hint = null) : BelayException(message, hint)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.PreflightRefused;
}
