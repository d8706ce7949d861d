#nullable disable
using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Nuke.Common;

/// <summary>What a target is and when it runs. Every method returns the definition itself.</summary>
public interface ITargetDefinition
{
    /// <summary>Sets the line that describes it.</summary>
    ITargetDefinition Description(string description);

    /// <summary>Adds actions.</summary>
    ITargetDefinition Executes(params Action[] actions);

    /// <summary>Adds an asynchronous action, which is waited for.</summary>
    ITargetDefinition Executes(Func<Task> action);

    /// <summary>Adds targets that run before this one.</summary>
    ITargetDefinition DependsOn(params Target[] targets);

    /// <summary>Adds targets of a component that run before this one.</summary>
    ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets);

    /// <summary>Orders this target after those of a component, if both run.</summary>
    ITargetDefinition After<T>(params Func<T, Target>[] targets);

    /// <summary>Orders this target before others, if both run.</summary>
    ITargetDefinition Before(params Target[] targets);

    /// <summary>Orders this target before those of a component, if both run.</summary>
    ITargetDefinition Before<T>(params Func<T, Target>[] targets);

    /// <summary>Has this target run because others do, after them.</summary>
    ITargetDefinition TriggeredBy(params Target[] targets);

    /// <summary>Has this target run because those of a component do, after them.</summary>
    ITargetDefinition TriggeredBy<T>(params Func<T, Target>[] targets);

    /// <summary>Adds what must hold before the first target runs, or the build fails.</summary>
    ITargetDefinition Requires(Expression<Func<bool>> requirement, params Expression<Func<bool>>[] requirements);

    /// <summary>Orders this target after others, if both run.</summary>
    ITargetDefinition After(params Target[] targets);

    /// <summary>Adds targets that run because this one does, after it.</summary>
    ITargetDefinition Triggers(params Target[] targets);

    /// <summary>Adds a condition that is evaluated just before the target would run.</summary>
    ITargetDefinition OnlyWhenDynamic(Func<bool> condition, [CallerArgumentExpression("condition")] string conditionExpression = null);
}
