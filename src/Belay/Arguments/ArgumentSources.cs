namespace Belay.Arguments;

/// <summary>Everything from outside that decides what a run does.</summary>
public sealed record ArgumentSources
{
    /// <summary>The command line without the program.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>The environment's variables, those of <c>.env</c> among them.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The folder that holds the parameters files.</summary>
    public required string RootFolder { get; init; }

    /// <summary>The parameters file from the root on, without <c>.json</c>. The default is <c>.nuke/parameters</c>.</summary>
    public string ParametersFile { get; init; } = ".nuke/parameters";

    /// <summary>What to do about a key in it that is no parameter's, where the file is not Belay's alone; null for nothing.</summary>
    public string? UnknownKeyHint { get; init; }
}
