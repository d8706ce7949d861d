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
}
