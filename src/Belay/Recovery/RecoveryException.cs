namespace Belay.Recovery;

/// <summary>A rollback failed; the message says where the database stands.</summary>
/// <param name="message">What failed, with file, line and column.</param>
internal sealed class RecoveryException(string message, string? hint = null, Exception? innerException = null)
    : BelayException(message, hint, innerException)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.RecoveryFailed;
}
