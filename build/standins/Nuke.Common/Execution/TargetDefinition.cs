#nullable disable
namespace Nuke.Common.Execution;

/// <summary>Collects what a target's declaration says.</summary>
internal sealed class TargetDefinition : ITargetDefinition
{
    public string DescriptionText { get; private set; }

    public List<Action> Actions { get; } = [];

    public List<Target> DependsOnTargets { get; } = [];

    public List<Target> AfterTargets { get; } = [];

    public List<Target> TriggersTargets { get; } = [];

    public List<TargetCondition> DynamicConditions { get; } = [];

    public ITargetDefinition Description(string description)
    {
        DescriptionText = description;
        return this;
    }

    public ITargetDefinition Executes(params Action[] actions) => Add(Actions, actions);

    public ITargetDefinition Executes(Func<Task> action) => Add(Actions, [() => action().GetAwaiter().GetResult()]);

    public ITargetDefinition DependsOn(params Target[] targets) => Add(DependsOnTargets, targets);

    public ITargetDefinition After(params Target[] targets) => Add(AfterTargets, targets);

    public ITargetDefinition Triggers(params Target[] targets) => Add(TriggersTargets, targets);

    public ITargetDefinition OnlyWhenDynamic(Func<bool> condition, string conditionExpression = null)
        => Add(DynamicConditions, [new TargetCondition(condition, conditionExpression)]);

    private TargetDefinition Add<T>(List<T> list, IEnumerable<T> items)
    {
        list.AddRange(items);
        return this;
    }
}
