namespace Belay.Storage;

/// <summary>The backup store refused or failed.</summary>
/// <param name="message">What failed, on which store and object, with which status.</param>
/// <param name="hint">What to do next.</param>
/// <param name="innerException">The cause.</param>
public class StoreException(string message, string? hint = null, Exception? innerException = null)
    : BelayException(message, hint, innerException)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.BackupFailed;
}
