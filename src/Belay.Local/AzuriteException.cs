namespace Belay.Local;

/// <summary>The Azure Blob Storage emulator could not be installed or did not start.</summary>
/// <param name="message">What it said.</param>
/// <param name="hint">What to do about it.</param>
/// <param name="innerException">The cause.</param>
public sealed class AzuriteException(string message, string? hint = null, Exception? innerException = null)
    : BelayException(message, hint, innerException)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.PreflightRefused;
}
