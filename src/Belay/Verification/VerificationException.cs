namespace Belay.Verification;

/// <summary>A verification query returned something else than expected, or could not run.</summary>
/// <param name="message">Which checks failed, with expected and actual rows.</param>
internal sealed class VerificationException(string message, string? hint = null, Exception? innerException = null)
    : BelayException(message, hint, innerException)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.VerificationFailed;
}
