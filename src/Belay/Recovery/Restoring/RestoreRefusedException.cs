namespace Belay.Recovery.Restoring;

/// <summary>A restore is refused before it began. Nothing was touched.</summary>
internal sealed class RestoreRefusedException(string message, string? hint = null) : BelayException(message, hint)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.PreflightRefused;
}
