namespace Belay.Releases;

/// <summary>A stage was stopped by what lies around it: the server, a disk, a program, a network.</summary>
/// <param name="fault">What it was stopped by, in words.</param>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
internal sealed class StageFaultException(string fault, string hint, int exitCode, Exception cause) : BelayException(fault, hint, cause)
{
    /// <inheritdoc/>
    public override int ExitCode => exitCode;
}
