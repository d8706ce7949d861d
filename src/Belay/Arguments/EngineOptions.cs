namespace Belay.Arguments;

/// <summary>The options of the build engine itself: those that may be typed, and why the others may not.</summary>
internal static class EngineOptions
{
    public const string Target = "target";
    public const string Skip = "skip";
    public const string Profile = "profile";
    public const string Verbosity = "verbosity";
    public const string NoLogo = "no-logo";
    public const string Plan = "plan";
    public const string Help = "help";
    public const string Version = "version";
    public const string Root = "root";
    public const string NoColour = "no-color";
    public const string Output = "output";
    public const string Continue = "continue";

    /// <summary>The options that may be typed, with their help.</summary>
    public static IReadOnlyDictionary<string, string> Allowed { get; } = new Dictionary<string, string>
    {
        [Target] = "Targets to run, as the words before the first option",
        [Skip] = "Targets to leave out, as Migrate --skip Backup in the second job of a pipeline; none: all that was not typed",
        [Profile] = "Profiles to load: .nuke/parameters.<profile>.json; local is the local profile",
        [Verbosity] = "How much is printed: verbose, normal, minimal or quiet (default: normal)",
        [NoLogo] = "Leaves out the engine's logo",
        [Plan] = "Prints what would run, in which order, and runs nothing",
        [Version] = "Alone: prints the version of Belay",
        [NoColour] = "Leaves colours out, as NO_COLOR in the environment does",
        [Output] = "json: the record alone on standard output, all the rest on standard error (default: text)",
        [Help] = "A first screen; --help <target> or --help <parameter> says more of one, --help all lists everything",
    };

    /// <summary>The words for <c>--verbosity</c>.</summary>
    public static IReadOnlyList<string> Verbosities { get; } = ["verbose", "normal", "minimal", "quiet"];

    /// <summary>The words for <c>--output</c>.</summary>
    public static IReadOnlyList<string> Outputs { get; } = [Text, Json];

    public const string Text = "text";
    public const string Json = "json";

    /// <summary>The engine's other options, each with the reason why it is refused.</summary>
    public static IReadOnlyDictionary<string, string> Refused { get; } = new Dictionary<string, string>
    {
        [Continue] = "it would take a text file's word for what has already run",
        ["host"] = "what runs and how it ends is the same on every host",
        ["partition"] = "a release is not parted",
        [Json] = "it is --output json",
        ["strict"] = "the order of the targets is fixed",
        [Root] = "the folder with .nuke above the current one is the root; change into the other one",
        ["params-key"] = "no secret is read from a file",
        ["shell-completion"] = "it would end the run before it began",
        ["visual-studio-debug"] = "it would wait for a debugger",
        ["generate-configuration"] = "it would run nothing",
    };

    /// <summary>The engine's switches among those that may be typed.</summary>
    public static bool IsSwitch(string name) => name is NoLogo or Plan or NoColour or Help or Version;

    /// <summary>The engine's lists among those that may be typed.</summary>
    public static bool IsList(string name) => name is Target or Skip or Profile;
}
