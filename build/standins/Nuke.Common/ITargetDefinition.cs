#nullable disable
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

    /// <summary>Orders this target after others, if both run.</summary>
    ITargetDefinition After(params Target[] targets);

    /// <summary>Adds targets that run because this one does, after it.</summary>
    ITargetDefinition Triggers(params Target[] targets);

    /// <summary>Adds a condition that is evaluated just before the target would run.</summary>
    ITargetDefinition OnlyWhenDynamic(Func<bool> condition, [CallerArgumentExpression("condition")] string conditionExpression = null);
}
