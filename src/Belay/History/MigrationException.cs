namespace Belay.History;

/// <summary>A migration was refused, failed, or stopped part-way.</summary>
/// <param name="message">What failed, with file, line and column, and where the database stands now.</param>
/// <param name="exitCode"><see cref="ExitCodes.MigrationRolledBack"/> or <see cref="ExitCodes.MigrationPartWay"/>.</param>
public class MigrationException(string message, int exitCode, string? hint = null, Exception? innerException = null)
    : BelayException(message, hint, innerException)
{
    /// <inheritdoc/>
    public override int ExitCode { get; } = exitCode;

    /// <summary>The server's error code; null when the fault is not the server's.</summary>
    public string? SqlState { get; init; }
}
