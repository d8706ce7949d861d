namespace Belay.Local;

/// <summary>The parts of the local profile could not be provided, started or stopped.</summary>
/// <param name="message">What failed, on what.</param>
/// <param name="hint">What to do next; null for none.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class LocalException(string message, string? hint = null, Exception? innerException = null)
    : BelayException(message, hint, innerException)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.PreflightRefused;
}
