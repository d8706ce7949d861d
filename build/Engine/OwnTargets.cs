using Belay;
using Belay.Arguments;
using Belay.Local;
using Belay.Nuke;
using Belay.Printing;
using Belay.Releases;
using Belay.Releases.Stages;
using Belay.Settings;

/// <summary>This repository's own run: <see cref="Entrance"/> has checked everything from outside and ends the run, and the local
/// profile is known.</summary>
sealed class OwnTargets(string rootFolder) : StageTargets
{
    private readonly StageConsole console = new(EnvironmentVariables.Read(), TimeProvider.System);

    /// <inheritdoc/>
    public override RunArguments Arguments => Entrance.Arguments;

    /// <summary>Where this run tells what it does.</summary>
    public ConsoleOutput Output => console.Release;

    /// <summary>Whether the engine's own lines are kept back: its headings, its errors and its summary say again what a run says.</summary>
    public bool HushesEngine { get; set; }

    /// <summary>Cancels the run.</summary>
    public Cancellation Signals { get; } = new(TimeProvider.System);

    /// <inheritdoc/>
    protected override Cancellation Cancellation => Signals;

    /// <inheritdoc/>
    protected override ReleaseHost Host => new()
    {
        Input = new SettingsInput { RootFolder = rootFolder, Environment = EnvironmentVariables.Read(), Given = Texts },
        Output = Output,
        Errors = Console.Error,
        Paint = Palette.OfErrors.Paint,
        Recorded = Arguments.IsJson ? GuardedConsole.WriteResult : null,
        TimeProvider = TimeProvider.System,
        Program = new TypedProgram(TypedProgram.InTexts) { Repeated = Arguments.Repeated },
        SignalExitCode = () => Signals.ExitCode,
        Profile = Arguments.Profiles.Contains("local", StringComparer.OrdinalIgnoreCase) ? new LocalProfile(rootFolder) : null,
    };

    /// <summary>The plan of the engine; empty as long as it has none.</summary>
    public IReadOnlyList<PlannedTarget> Plan { get; set; } = [];

    /// <summary>Prints the summary and ends the run after the engine has ended.</summary>
    /// <returns>The process's exit code.</returns>
    public async Task<int> EndAsync(int exitCode)
    {
        GuardedConsole.Speak();
        var outcome = Session.Outcome;
        if (exitCode != ExitCodes.Done && outcome.ExitCode == ExitCodes.Done)
        {
            // No target says why, so the engine does.
            await Console.Error.WriteLineAsync(GuardedConsole.Kept.Trim());
        }

        if (outcome.Stages.Count > 0 && HushesEngine)
        {
            console.RepeatWarnings();
            foreach (var (text, tone) in RunSummary.Lines(Plan, Arguments.Skipped, outcome))
            {
                Output.Line(text, tone);
            }
        }

        return await Session.EndAsync(exitCode);
    }

    /// <inheritdoc/>
    protected override void Entering(string target)
    {
        EngineVariables.GiveBack();
        GuardedConsole.Speak();
        if (HushesEngine)
        {
            console.Enter(target);
        }
    }

    /// <inheritdoc/>
    protected override void Leaving()
    {
        console.Leave();
        if (HushesEngine)
        {
            GuardedConsole.Hush();
        }
    }
}
