namespace Belay.Printing;

/// <summary>What a run prints around its stages: a heading for each, and the warnings once more at the end.</summary>
public sealed class StageConsole
{
    private readonly Lock gate = new();
    private readonly List<string> warnings = [];
    private readonly PipelineLog log;
    private string? stage;

    /// <summary>Makes the console. Nothing is printed yet.</summary>
    /// <param name="environment">The variables by which a continuous integration service says that it is there.</param>
    public StageConsole(IReadOnlyDictionary<string, string> environment, TimeProvider timeProvider)
    {
        log = PipelineLog.Of(environment, timeProvider);
        Release = new ConsoleOutput(timeProvider, Warn);
    }

    /// <summary>Where a release tells what it does.</summary>
    public ConsoleOutput Release { get; }

    /// <summary>Prints a stage's heading; warnings are its own from now on.</summary>
    public void Enter(string name)
    {
        stage = name;
        if (log.HasGroups)
        {
            log.Begin(name);
        }
        else
        {
            Heading(name);
        }
    }

    /// <summary>Ends the last stage.</summary>
    public void Leave()
    {
        stage = null;
        log.End();
    }

    /// <summary>Prints all warnings once more.</summary>
    public void RepeatWarnings()
    {
        lock (gate)
        {
            if (warnings.Count > 0)
            {
                Heading("Warnings");
                warnings.ForEach(Print);
            }
        }
    }

    private static void Heading(string text)
    {
        Console.WriteLine();
        Console.WriteLine($"══ {text}");
    }

    private static void Print(string line) => Console.WriteLine(Palette.OfOutput.Paint(line, LineTone.Doubtful));

    private void Warn(string text)
    {
        lock (gate)
        {
            warnings.Add($"[WRN] {(stage is null ? "" : $"{stage}: ")}{text}");
            if (log.HasMarks)
            {
                log.Warning(text);
            }
            else
            {
                Print($"[WRN] {text}");
            }
        }
    }
}
