namespace Belay.Risks;

/// <summary>A migration has a risk that nobody has accepted, or accepts one that does not exist. The database is as before.</summary>
/// <param name="message">Every risk, a line each.</param>
internal sealed class RiskException(string message, string? hint = null) : BelayException(message, hint)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.PreflightRefused;
}
