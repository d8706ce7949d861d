namespace Belay.Watching.Logs;

/// <summary>A server's log cannot be read.</summary>
/// <param name="reason">Why, as a clause.</param>
internal sealed class LogUnreadableException(string reason) : BelayException(reason, "docs/monitoring.md says what is needed")
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.VerificationFailed;
}
