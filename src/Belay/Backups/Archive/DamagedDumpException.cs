namespace Belay.Backups.Archive;

/// <summary>A stored dump, or what belongs to it, is missing or is not what was written. Its backup is proven no more.</summary>
/// <param name="message">Which dump, and how it differs from its manifest.</param>
internal sealed class DamagedDumpException(string message, Exception? innerException = null)
    : BelayException(message, "Take a new backup: ./build.sh Backup", innerException)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.BackupFailed;
}
