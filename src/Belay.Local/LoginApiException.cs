namespace Belay.Local;

/// <summary>The sample's login API did not start.</summary>
public sealed class LoginApiException(string message, string? hint = null) : BelayException(message, hint)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.PreflightRefused;
}
