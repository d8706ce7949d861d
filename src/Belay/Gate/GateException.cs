namespace Belay.Gate;

/// <summary>The gate refused: there is no proven backup that this migration could fall back on.</summary>
/// <param name="message">What was looked for and what was found.</param>
internal sealed class GateException(string message, string? hint = null) : BelayException(message, hint)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.GateRefused;
}
