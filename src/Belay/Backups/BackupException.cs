namespace Belay.Backups;

/// <summary>A backup could not be taken, or could not be proven.</summary>
/// <param name="message">What failed, on what, with which value.</param>
internal sealed class BackupException(string message, string? hint = null, Exception? innerException = null)
    : BelayException(message, hint, innerException)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.BackupFailed;
}
