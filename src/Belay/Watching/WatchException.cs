namespace Belay.Watching;

/// <summary>A release did not stay well while it was watched.</summary>
/// <param name="exitCode">That of the login or of the checks.</param>
internal sealed class WatchException(string message, string hint, int exitCode) : BelayException(message, hint)
{
    /// <inheritdoc/>
    public override int ExitCode => exitCode;
}
