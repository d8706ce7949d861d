namespace Belay.Bench;

/// <summary>A benchmark could not be run.</summary>
/// <param name="message">What failed, on what, with which value.</param>
/// <param name="hint">What to do next.</param>
internal sealed class BenchException(string message, string? hint = null) : BelayException(message, hint)
{
    private const int DevelopmentTargetFailed = 255;

    /// <inheritdoc/>
    public override int ExitCode => DevelopmentTargetFailed;
}
