using Belay.Arguments;
using Belay.Settings;

namespace Belay.Releases;

/// <summary>What a program gives that runs a release: a build, or a console program.</summary>
public sealed record ReleaseHost
{
    /// <summary>The program that was typed, for the commands that messages tell to type. The default is <c>./build.sh</c>.</summary>
    public TypedProgram Program { get; init; } = new(TypedProgram.InTexts);

    /// <summary>What makes a first migration, as a command; null where no command does.</summary>
    public string? MakesMigration { get; init; }

    /// <summary>Told the name of each stage that a whole plan comes to. The default is nothing.</summary>
    public Action<string> Entering { get; init; } = _ => { };

    /// <summary>The root folder, the environment, and the texts of the parameters that were given.</summary>
    public required SettingsInput Input { get; init; }

    /// <summary>Where the run tells what it does.</summary>
    public required IReleaseOutput Output { get; init; }

    /// <summary>Where failures go, each with its hint.</summary>
    public required TextWriter Errors { get; init; }

    /// <summary>Colours a line for <see cref="Errors"/> by what it tells. The default leaves it as it is.</summary>
    public Func<string, LineTone, string> Paint { get; init; } = (text, _) => text;

    /// <summary>Told the record as JSON at every end of a run, also of one that leaves no file; null for nobody.</summary>
    public Action<string>? Recorded { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider TimeProvider { get; init; }

    /// <summary>The exit code of the signal that cancelled the run; 0 while none came. The default is 0.</summary>
    public Func<int> SignalExitCode { get; init; } = () => 0;

    /// <summary>Whose servers are the target; null for those that the settings name.</summary>
    public IServerProfile? Profile { get; init; }
}
