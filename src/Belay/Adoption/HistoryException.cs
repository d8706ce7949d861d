namespace Belay.Adoption;

/// <summary>A change of the history was refused, or its outcome is unknown.</summary>
/// <param name="message">What was refused, and what the history is now.</param>
internal sealed class HistoryException(
    string message, string hint, Exception? innerException = null) : BelayException(message, hint, innerException)
{
    /// <inheritdoc/>
    public override int ExitCode => OutcomeIsUnknown ? ExitCodes.MigrationPartWay : ExitCodes.PreflightRefused;

    /// <summary>Whether the answer to COMMIT was lost; otherwise nothing was changed.</summary>
    public bool OutcomeIsUnknown { get; init; }
}
