using Belay.Settings;

namespace Belay.Arguments;

/// <summary>What a person must know of a target to type it.</summary>
public record NamedTarget
{
    /// <summary>The name as it is typed.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, in one line.</summary>
    public required string Description { get; init; }

    /// <summary>The targets that run before it.</summary>
    public IReadOnlyList<NamedTarget> DependsOn { get; init; } = [];

    /// <summary>What it can be told besides what every target reads. The default is nothing.</summary>
    public virtual IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>What to type behind its name, as an example. The default is nothing.</summary>
    public string Example { get; init; } = "";

    /// <summary>Whether the first screen of the help names it.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether it is about the repository of Belay itself, and no release needs it.</summary>
    public bool IsForDevelopment { get; init; }
}
