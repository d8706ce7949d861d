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
        Files = ".nuke/parameters.json",
        Allowed = EngineOptions.Allowed,
        Refused = EngineOptions.Refused,
    };

    /// <summary>Those of the program <c>belay</c>.</summary>
    public static OptionSet OfTool { get; } = new()
    {
        Title = "Of belay itself, on the command line alone:",
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
            [EngineOptions.Version] = EngineOptions.Allowed[EngineOptions.Version],
            [EngineOptions.Help] = EngineOptions.Allowed[EngineOptions.Help],
        },
        Refused = new Dictionary<string, string>
        {
            [EngineOptions.Verbosity] = "belay prints what a release says and nothing else",
            [EngineOptions.NoLogo] = "there is no logo",
            ["continue"] = EngineOptions.Refused["continue"],
            ["host"] = EngineOptions.Refused["host"],
        },
    };

    /// <summary>The title above them in the help.</summary>
    public required string Title { get; init; }

    /// <summary>Which files may hold parameters, for the help.</summary>
    public required string Files { get; init; }

    /// <summary>The options that may be typed, with their help.</summary>
    public required IReadOnlyDictionary<string, string> Allowed { get; init; }

    /// <summary>Options that one might expect, each with the reason why it is refused.</summary>
    public required IReadOnlyDictionary<string, string> Refused { get; init; }
}
