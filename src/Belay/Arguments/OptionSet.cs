namespace Belay.Arguments;

/// <summary>The options of a host beside the parameters: those that may be typed, and why others may not.</summary>
public sealed record OptionSet
{
    private OptionSet()
    {
    }

    /// <summary>Those of a build on an engine.</summary>
    public static OptionSet OfBuild { get; } = new()
    {
        Title = "Of the build engine, on the command line alone:",
        Start = ["To try it without servers of your own: ./build.sh Migrate --profile local"],
        Files = ".nuke/parameters.json",
        Allowed = EngineOptions.Allowed,
        Refused = EngineOptions.Refused,
    };

    /// <summary>Those of the program <c>belay</c>.</summary>
    public static OptionSet OfTool { get; } = new()
    {
        Title = "Of belay itself, on the command line alone:",
        Start = ["To begin: ./build.sh init writes what a repository lacks for Belay"],
        Files = "belay.json, or .nuke/parameters.json where there is none",
        Allowed = new Dictionary<string, string>
        {
            [EngineOptions.Root] =
                "The folder that everything else starts from (default: the nearest one upwards with .nuke or belay.json, else the current "
                    + "one)",
            [EngineOptions.Target] = EngineOptions.Allowed[EngineOptions.Target],
            [EngineOptions.Skip] = EngineOptions.Allowed[EngineOptions.Skip],
            [EngineOptions.Profile] = "Profiles to load: belay.<profile>.json beside belay.json, or .nuke/parameters.<profile>.json",
            [EngineOptions.Plan] = EngineOptions.Allowed[EngineOptions.Plan],
            [EngineOptions.NoColour] = EngineOptions.Allowed[EngineOptions.NoColour],
            [EngineOptions.Output] = EngineOptions.Allowed[EngineOptions.Output],
            [EngineOptions.Version] = EngineOptions.Allowed[EngineOptions.Version],
            [EngineOptions.Help] = EngineOptions.Allowed[EngineOptions.Help],
        },
        Refused = new Dictionary<string, string>
        {
            [EngineOptions.Verbosity] = "belay prints what a release says and nothing else",
            [EngineOptions.NoLogo] = "there is no logo",
            [EngineOptions.Continue] = EngineOptions.Refused[EngineOptions.Continue],
            ["host"] = EngineOptions.Refused["host"],
            [EngineOptions.Json] = EngineOptions.Refused[EngineOptions.Json],
        },
    };

    /// <summary>Those of a build that has parameters of its own, on an engine that reads its own options itself.</summary>
    /// <param name="others">The names of the parameters that are not Belay's.</param>
    public static OptionSet Beside(IReadOnlyList<string> others) => new()
    {
        Title = OfBuild.Title,
        Files = OfBuild.Files,
        Allowed = new Dictionary<string, string>
        {
            [EngineOptions.Skip] = EngineOptions.Allowed[EngineOptions.Skip],
            [EngineOptions.Profile] = EngineOptions.Allowed[EngineOptions.Profile],
            [EngineOptions.NoColour] = EngineOptions.Allowed[EngineOptions.NoColour],
        },
        Refused = new Dictionary<string, string> { [EngineOptions.Continue] = EngineOptions.Refused[EngineOptions.Continue] },
        Others = others,
    };

    /// <summary>The names of parameters that are not Belay's, of a program that has such; null where an unknown name is a
    /// mistake.</summary>
    internal IReadOnlyList<string>? Others { get; private init; }

    /// <summary>The title above them in the help.</summary>
    public required string Title { get; init; }

    /// <summary>How somebody begins, for the first screen of the help.</summary>
    public IReadOnlyList<string> Start { get; private init; } = [];

    /// <summary>Which files may hold parameters, for the help.</summary>
    public required string Files { get; init; }

    /// <summary>The options that may be typed, with their help.</summary>
    public required IReadOnlyDictionary<string, string> Allowed { get; init; }

    /// <summary>Options that one might expect, each with the reason why it is refused.</summary>
    public required IReadOnlyDictionary<string, string> Refused { get; init; }

    /// <summary>Whether an unknown name is another's: one that is declared, or that looks like none of ours.</summary>
    /// <param name="ours">The names that would be meant by a slip of the finger.</param>
    internal bool IsOthers(string name, IEnumerable<string> ours)
        => Others is not null && (Others.Any(other => Names.Same(other, name)) || Names.Guess(name, ours).Length == 0);
}
