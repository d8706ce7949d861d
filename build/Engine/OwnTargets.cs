using Belay.Arguments;
using Belay.Local;
using Belay.Nuke;
using Belay.Printing;
using Belay.Releases;
using Belay.Settings;
using Serilog;

/// <summary>This repository's own run: <see cref="Entrance"/> has checked everything from outside and ends the run, and the local
/// profile is known.</summary>
sealed class OwnTargets(string rootFolder) : StageTargets
{
    /// <inheritdoc/>
    public override RunArguments Arguments => Entrance.Arguments;

    /// <summary>Where this run tells what it does.</summary>
    public ConsoleOutput Output { get; } = new(TimeProvider.System, text => Log.Warning("{Text:l}", text));

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
        TimeProvider = TimeProvider.System,
        Program = new TypedProgram(TypedProgram.InTexts) { Repeated = Arguments.Repeated },
        SignalExitCode = () => Signals.ExitCode,
        Profile = Arguments.Profiles.Contains("local", StringComparer.OrdinalIgnoreCase) ? new LocalProfile(rootFolder) : null,
    };

    /// <summary>Ends the run after the engine has ended.</summary>
    /// <returns>The process's exit code.</returns>
    public Task<int> EndAsync(int exitCode) => Session.EndAsync(exitCode);

    /// <inheritdoc/>
    protected override void Entering() => EngineVariables.GiveBack();
}
