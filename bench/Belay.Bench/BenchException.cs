namespace Belay.Bench;

/// <summary>A benchmark could not be run.</summary>
/// <param name="message">What failed, on what, with which value.</param>
internal sealed class BenchException(string message, string? hint = null) : BelayException(message, hint)
{
    private const int DevelopmentTargetFailed = 255;

    /// <inheritdoc/>
    public override int ExitCode => DevelopmentTargetFailed;
}
