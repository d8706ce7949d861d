namespace Belay.Arguments;

/// <summary>What a run was told, checked: everything here exists, is written right and takes effect.</summary>
public sealed record RunArguments
{
    /// <summary>The targets that were typed, by the names they are declared with.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The targets to leave out; null for none, empty for all that was not typed.</summary>
    public IReadOnlyList<string>? Skipped { get; init; }

    /// <summary>The profiles whose files are read, in their order.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Whether only the help is asked for.</summary>
    public bool IsHelp { get; init; }

    /// <summary>What the help is asked for: names of targets or parameters; none for its first screen.</summary>
    public IReadOnlyList<string> HelpTopics { get; init; } = [];

    /// <summary>Whether colours are to be left out.</summary>
    public bool HasNoColour { get; init; }

    /// <summary>Whether the record alone is to stand on standard output.</summary>
    public bool IsJson { get; init; }

    /// <summary>Whether only Belay's version is asked for.</summary>
    public bool IsVersion { get; init; }

    /// <summary>Whether only the plan is asked for.</summary>
    public bool IsPlan { get; init; }

    /// <summary>The names of the parameters that were given on the command line.</summary>
    public IReadOnlyList<string> Typed { get; init; } = [];

    /// <summary>The options that were typed and that the next command needs too.</summary>
    public IReadOnlyList<RepeatedOption> Repeated { get; init; } = [];

    /// <summary>The text of every parameter that was given, by the parameter's name.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();
}
