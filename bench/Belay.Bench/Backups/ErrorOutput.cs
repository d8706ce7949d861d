namespace Belay.Bench.Backups;

/// <summary>Keeps still except for warnings, which a failed run shows.</summary>
internal sealed class ErrorOutput : IReleaseOutput
{
    /// <inheritdoc/>
    public void Line(string text) => _ = text;

    /// <inheritdoc/>
    public void Warn(string text) => Console.Error.WriteLine(Redaction.Apply(text));

    /// <inheritdoc/>
    public void Progress(string text) => _ = text;
}
