namespace Belay.Storage;

/// <summary>The backup store refused or failed.</summary>
/// <param name="message">What failed, on which store and object, with which status.</param>
public class StoreException(string message, string? hint = null, Exception? innerException = null)
    : BelayException(message, hint, innerException)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.BackupFailed;
}
