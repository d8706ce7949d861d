namespace Belay.Rehearsal;

/// <summary>A rehearsal failed, or went over a budget. The database itself was not touched.</summary>
/// <param name="message">What failed on the copy, or which statement went over which budget.</param>
internal sealed class RehearsalException(string message, string? hint = null, Exception? innerException = null)
    : BelayException(message, hint, innerException)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.RehearsalRefused;
}
