namespace Belay.Reporting.Chain;

/// <summary>The stored records of a database are not whole.</summary>
/// <param name="message">Which record is the first that is not as it was stored, and what is wrong with it.</param>
internal sealed class RecordException(string message, string? hint = null) : BelayException(message, hint)
{
    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.RecordsNotWhole;
}
