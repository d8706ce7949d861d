namespace Belay.Local.Node;

/// <summary>A server that runs on Node.js (Azurite, s3rver) could not be installed or did not start.</summary>
/// <param name="message">What it said.</param>
/// <param name="hint">What to do about it.</param>
/// <param name="innerException">The cause.</param>
public sealed class NodeServerException(string message, string? hint = null, Exception? innerException = null)
    : BelayException(message, hint, innerException)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.PreflightRefused;
}
