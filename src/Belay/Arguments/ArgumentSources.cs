namespace Belay.Arguments;

/// <summary>Everything from outside that decides what a run does.</summary>
public sealed record ArgumentSources
{
    /// <summary>The command line without the program.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>The environment's variables, those of <c>.env</c> among them.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The repository's root, which holds <c>.nuke</c>.</summary>
    public required string RootFolder { get; init; }
}
