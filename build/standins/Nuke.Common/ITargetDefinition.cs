#nullable disable
using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Nuke.Common;

/// <summary>What a target is and when it runs. Every method returns the definition itself.</summary>
public interface ITargetDefinition
{
    /// <summary>Sets the line that <c>--help</c> shows.</summary>
    ITargetDefinition Description(string description);

    /// <summary>Adds actions. An <c>async void</c> lambda is waited for.</summary>
    ITargetDefinition Executes(params Action[] actions);

    /// <summary>Adds an action. A returned task is waited for.</summary>
    ITargetDefinition Executes<T>(Func<T> action);

    /// <summary>Adds an asynchronous action, which is waited for.</summary>
    ITargetDefinition Executes(Func<Task> action);

    /// <summary>Adds targets that run before this one.</summary>
    ITargetDefinition DependsOn(params Target[] targets);

    /// <summary>Makes this target a dependency of others.</summary>
    ITargetDefinition DependentFor(params Target[] targets);

    /// <summary>Orders this target before others, if both run.</summary>
    ITargetDefinition Before(params Target[] targets);

    /// <summary>Orders this target after others, if both run.</summary>
    ITargetDefinition After(params Target[] targets);

    /// <summary>Adds targets that run because this one does, after it.</summary>
    ITargetDefinition Triggers(params Target[] targets);

    /// <summary>Runs this target because others do, after them.</summary>
    ITargetDefinition TriggeredBy(params Target[] targets);

    /// <summary>Adds a condition that is evaluated just before the target would run.</summary>
    ITargetDefinition OnlyWhenDynamic(Func<bool> condition, [CallerArgumentExpression("condition")] string conditionExpression = null);

    /// <summary>Adds a condition that is evaluated before the first target runs.</summary>
    ITargetDefinition OnlyWhenStatic(Func<bool> condition, [CallerArgumentExpression("condition")] string conditionExpression = null);

    /// <summary>Adds parameters that must have a value before the first target runs.</summary>
    ITargetDefinition Requires<T>(Expression<Func<T>> parameterRequirement, params Expression<Func<T>>[] parameterRequirements)
        where T : class;

    /// <summary>Adds parameters that must have a value before the first target runs.</summary>
    ITargetDefinition Requires<T>(Expression<Func<T?>> parameterRequirement, params Expression<Func<T?>>[] parameterRequirements)
        where T : struct;

    /// <summary>Adds conditions that must hold before the first target runs.</summary>
    ITargetDefinition Requires(Expression<Func<bool>> requirement, params Expression<Func<bool>>[] requirements);

    /// <summary>Says what happens to the dependencies when this target is skipped; <see cref="DependencyBehavior.Skip"/> unless said.</summary>
    ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior);

    /// <summary>Runs this target also after another failed.</summary>
    ITargetDefinition AssuredAfterFailure();

    /// <summary>Goes on with the other targets when this one failed. The build fails nevertheless.</summary>
    ITargetDefinition ProceedAfterFailure();

    /// <summary>Leaves the target out of <c>--help</c>.</summary>
    ITargetDefinition Unlisted();

    /// <summary>Names files that the target makes.</summary>
    ITargetDefinition Produces(params string[] artifacts);
}
