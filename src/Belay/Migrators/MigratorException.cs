namespace Belay.Migrators;

/// <summary>A migrator could not be started, failed, or was stopped.</summary>
/// <param name="message">What failed, and what is known of the database now.</param>
/// <param name="exitCode"><see cref="ExitCodes.MigrationRolledBack"/> when nothing ran, else
/// <see cref="ExitCodes.MigrationPartWay"/>.</param>
internal sealed class MigratorException(string message, int exitCode, string? hint = null, Exception? innerException = null)
    : BelayException(message, hint, innerException)
{
    /// <inheritdoc/>
    public override int ExitCode { get; } = exitCode;

    /// <summary>How the migrator ended; null when it did not start.</summary>
    internal MigratorEnd? End { get; init; }
}
