using Spectre.Console;

namespace Belay.Bench.Rehearsals;

/// <summary>Shows how long a restore took; the rest is of no interest here.</summary>
internal sealed class RehearsalOutput(IAnsiConsole console) : IReleaseOutput
{
    public void Line(string text)
    {
        if (text.Contains("A restore of the whole database takes", StringComparison.Ordinal))
        {
            console.WriteLine(text);
        }
    }

    public void Warn(string text) => console.WriteLine($"Warning: {text}");

    public void Progress(string text)
    {
        // The suite times the whole.
    }
}
