using Spectre.Console;

namespace Belay.Bench.Logins;

/// <summary>Shows what Belay says while it waits, indented below the suite's own lines.</summary>
internal sealed class LoginsOutput(IAnsiConsole console) : IReleaseOutput
{
    /// <inheritdoc/>
    public void Line(string text) => console.WriteLine($"  {text}");

    /// <inheritdoc/>
    public void Warn(string text) => Line(text);

    /// <inheritdoc/>
    public void Progress(string text)
    {
        // A backup's progress is not what this suite shows.
    }
}
