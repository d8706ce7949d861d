namespace Belay.Local.Node;

/// <summary>A server that runs on Node.js (Azurite, s3rver) could not be installed or did not start.</summary>
public sealed class NodeServerException(string message, string? hint = null, Exception? innerException = null)
    : BelayException(message, hint, innerException)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.PreflightRefused;
}
