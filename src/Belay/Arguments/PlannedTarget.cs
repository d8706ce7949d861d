namespace Belay.Arguments;

/// <summary>One target of a run's plan, as the engine has put it.</summary>
public sealed record PlannedTarget
{
    /// <summary>The name as it is typed.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it was typed.</summary>
    public bool IsTyped { get; init; }

    /// <summary>The names of the targets that run before it because it needs them.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>The names of the targets that run after it because it calls for them.</summary>
    public IReadOnlyList<string> Triggers { get; init; } = [];

    /// <summary>What must hold when its turn comes, or it is skipped.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>Whether it needs another target or calls for it.</summary>
    internal bool Wants(string name) => Needs.Contains(name) || Triggers.Contains(name);
}
