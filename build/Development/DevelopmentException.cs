using Belay;

/// <summary>A program of the development targets failed. What it said has been printed.</summary>
/// <param name="message">Which program, with which arguments, and its exit code.</param>
sealed class DevelopmentException(string message) : BelayException(message)
{
    /// <inheritdoc/>
    public override int ExitCode => 255;
}
