namespace Belay.Planning;

/// <summary>What would run is not what was approved. Nothing was touched.</summary>
/// <param name="message">Every difference, a line each.</param>
internal sealed class PlanException(string message, string? hint = null) : BelayException(message, hint)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.PreflightRefused;
}
