using System.Collections.Concurrent;

namespace Belay.IntegrationTests.Support;

/// <summary>Keeps what a stage prints, in order; warnings stand in the lines too, after "Warning: ".</summary>
public sealed class TestOutput : IReleaseOutput
{
    private readonly ConcurrentQueue<string> lines = new();
    private readonly ConcurrentQueue<string> warnings = new();
    private readonly ConcurrentQueue<string> progress = new();

    public IReadOnlyList<string> Lines => [.. lines];

    public IReadOnlyList<string> Warnings => [.. warnings];

    public IReadOnlyList<string> ProgressTexts => [.. progress];

    /// <summary>Everything printed so far, as one text.</summary>
    public string Text => string.Join('\n', lines);

    public void Line(string text) => lines.Enqueue(text);

    public void Warn(string text)
    {
        warnings.Enqueue(text);
        lines.Enqueue($"Warning: {text}");
    }

    public void Progress(string text) => progress.Enqueue(text);
}
