#nullable disable
using System.Linq.Expressions;

namespace Nuke.Common.Execution;

/// <summary>Collects what a target's declaration says.</summary>
internal sealed class TargetDefinition : ITargetDefinition
{
    private readonly NukeBuild build;

    public TargetDefinition(NukeBuild build) => this.build = build;

    public string DescriptionText { get; private set; }

    public List<Action> Actions { get; } = [];

    public List<Target> DependsOnTargets { get; } = [];

    public List<Target> AfterTargets { get; } = [];

    public List<Target> BeforeTargets { get; } = [];

    public List<Target> TriggersTargets { get; } = [];

    public List<Target> TriggeredByTargets { get; } = [];

    public List<Expression<Func<bool>>> Requirements { get; } = [];

    public List<TargetCondition> DynamicConditions { get; } = [];

    public ITargetDefinition Description(string description)
    {
        DescriptionText = description;
        return this;
    }

    public ITargetDefinition Executes(params Action[] actions) => Add(Actions, actions);

    public ITargetDefinition Executes(Func<Task> action) => Add(Actions, [() => action().GetAwaiter().GetResult()]);

    public ITargetDefinition DependsOn(params Target[] targets) => Add(DependsOnTargets, targets);

    public ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets) => DependsOn(Of(targets));

    public ITargetDefinition After<T>(params Func<T, Target>[] targets) => After(Of(targets));

    public ITargetDefinition Before(params Target[] targets) => Add(BeforeTargets, targets);

    public ITargetDefinition Before<T>(params Func<T, Target>[] targets) => Before(Of(targets));

    public ITargetDefinition TriggeredBy(params Target[] targets) => Add(TriggeredByTargets, targets);

    public ITargetDefinition TriggeredBy<T>(params Func<T, Target>[] targets) => TriggeredBy(Of(targets));

    public ITargetDefinition Requires(Expression<Func<bool>> requirement, params Expression<Func<bool>>[] requirements)
        => Add(Requirements, [requirement, .. requirements]);

    public ITargetDefinition After(params Target[] targets) => Add(AfterTargets, targets);

    public ITargetDefinition Triggers(params Target[] targets) => Add(TriggersTargets, targets);

    public ITargetDefinition OnlyWhenDynamic(Func<bool> condition, string conditionExpression = null)
        => Add(DynamicConditions, [new TargetCondition(condition, conditionExpression)]);

    /// <summary>The targets of a component; without a word of them the only one that it declares.</summary>
    private Target[] Of<T>(Func<T, Target>[] targets)
    {
        var component = (T)(object)build;
        return targets.Length > 0
            ? [.. targets.Select(target => target(component))]
            : [(Target)typeof(T).GetProperties().Single(property => property.PropertyType == typeof(Target)).GetValue(build)];
    }

    private TargetDefinition Add<T>(List<T> list, IEnumerable<T> items)
    {
        list.AddRange(items);
        return this;
    }
}
