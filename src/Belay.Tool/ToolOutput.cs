using Belay.Printing;

namespace Belay.Tool;

/// <summary>What a run prints: a heading per stage, and the warnings once more at the end.</summary>
internal sealed class ToolOutput
{
    private readonly Lock gate = new();
    private readonly List<string> warnings = [];
    private string? stage;

    public ToolOutput() => Release = new ConsoleOutput(TimeProvider.System, Warn);

    /// <summary>Where a release tells what it does.</summary>
    public ConsoleOutput Release { get; }

    /// <summary>Prints a stage's heading; warnings are its own from now on.</summary>
    public void Enter(string name)
    {
        stage = name;
        Heading(name);
    }

    /// <summary>Prints all warnings once more.</summary>
    public void RepeatWarnings()
    {
        if (warnings.Count > 0)
        {
            Heading("Warnings");
            warnings.ForEach(Console.WriteLine);
        }
    }

    private static void Heading(string text)
    {
        Console.WriteLine();
        Console.WriteLine($"══ {text}");
    }

    private void Warn(string text)
    {
        lock (gate)
        {
            warnings.Add($"[WRN] {(stage is null ? "" : $"{stage}: ")}{text}");
            Console.WriteLine($"[WRN] {text}");
        }
    }
}
