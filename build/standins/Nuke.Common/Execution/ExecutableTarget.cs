#nullable disable
using System.Diagnostics;

namespace Nuke.Common.Execution;

/// <summary>A target of a build: what it is, what it needs, and what became of it.</summary>
[DebuggerDisplay("{Name} {Status}")]
public class ExecutableTarget
{
    internal ExecutableTarget(NukeBuild build, string name, Target factory)
    {
        Name = name;
        Definition = new TargetDefinition(build);
        Factory = factory;
        factory(Definition);
    }

    /// <summary>The property's name.</summary>
    public string Name { get; }

    /// <summary>The line that describes it; null if there is none.</summary>
    public string Description => Definition.DescriptionText;

    /// <summary>Where it stands.</summary>
    public ExecutionStatus Status { get; internal set; }

    /// <summary>How long it ran.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>Whether it was asked for by name or as the default.</summary>
    public bool Invoked { get; internal set; }

    /// <summary>The facts for the summary, in the order they were reported.</summary>
    public IReadOnlyDictionary<string, string> SummaryInformation { get; internal set; } = new Dictionary<string, string>();

    /// <summary>The targets that run before it.</summary>
    public IReadOnlyCollection<ExecutableTarget> ExecutionDependencies { get; internal set; } = [];

    /// <summary>The targets before it in order, if they run.</summary>
    public IReadOnlyCollection<ExecutableTarget> OrderDependencies { get; internal set; } = [];

    /// <summary>The targets that run because of it.</summary>
    public IReadOnlyCollection<ExecutableTarget> Triggers { get; internal set; } = [];

    /// <summary>The targets because of which it runs.</summary>
    public IReadOnlyCollection<ExecutableTarget> TriggerDependencies { get; internal set; } = [];

    /// <summary>What must hold when its turn comes, or it is skipped.</summary>
    public IReadOnlyList<(string Text, Func<bool> Delegate)> DynamicConditions
        => [.. Definition.DynamicConditions.Select(condition => (condition.Text, condition.Holds))];

    internal Target Factory { get; }

    internal TargetDefinition Definition { get; }

    /// <summary>Everything that runs before it if it runs itself.</summary>
    internal IEnumerable<ExecutableTarget> Predecessors => ExecutionDependencies.Concat(OrderDependencies).Concat(TriggerDependencies);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
