namespace Belay.Servers;

/// <summary>A private PostgreSQL server could not be created, started or stopped.</summary>
/// <param name="message">What failed, in which folder, with what the program said.</param>
/// <param name="hint">What to do next; null for none.</param>
/// <param name="innerException">The cause, if there is one.</param>
internal sealed class PostgresServerException(string message, string? hint = null, Exception? innerException = null)
    : BelayException(message, hint, innerException)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.PreflightRefused;
}
