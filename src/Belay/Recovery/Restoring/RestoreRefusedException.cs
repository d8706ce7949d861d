namespace Belay.Recovery.Restoring;

/// <summary>A restore is refused before it began. Nothing was touched.</summary>
/// <param name="message">What stands in the way.</param>
/// <param name="hint">What to do next.</param>
internal sealed class RestoreRefusedException(string message, string? hint = null) : BelayException(message, hint)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.PreflightRefused;
}
