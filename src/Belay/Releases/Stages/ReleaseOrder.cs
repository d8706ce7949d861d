using Belay.Arguments;

namespace Belay.Releases.Stages;

/// <summary>Puts stages in order for a program without a build engine.</summary>
public static class ReleaseOrder
{
    /// <summary>The typed stages, what they depend on and what they trigger, in the order of <see cref="ReleaseStages.All"/>, before
    /// anything is skipped.</summary>
    /// <param name="typed">The names that were typed; those of targets that are no stage are passed over.</param>
    public static IReadOnlyList<PlannedTarget> Of(IReadOnlyList<string> typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var wanted = new HashSet<ReleaseStage>();
        foreach (var stage in typed.Select(ReleaseStages.Find).OfType<ReleaseStage>())
        {
            Want(stage, wanted);
        }

        return [.. ReleaseStages.All.Where(wanted.Contains).Select(stage => new PlannedTarget
        {
            Name = stage.Name,
            IsTyped = typed.Contains(stage.Name),
            Needs = [.. stage.DependsOn.Select(other => other.Name)],
            Triggers = [.. stage.Triggers.Select(other => other.Name)],
            Conditions = [.. StageConditions.TextsOf(stage)],
        })];
    }

    /// <summary>The plan of a run.</summary>
    /// <param name="arguments">What was typed, checked.</param>
    public static ReleasePlan PlanOf(RunArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var order = Of(arguments.Targets);
        var skipped = SkippedTargets.Of(order, arguments.Skipped);
        return ReleasePlan.Of(
            arguments.Targets, order.Select(target => target.Name).Except(skipped.Keys), ReleasePlan.IsDryRunIn(arguments.Texts));
    }

    private static void Want(ReleaseStage stage, HashSet<ReleaseStage> wanted)
    {
        if (!wanted.Add(stage))
        {
            return;
        }

        foreach (var other in stage.DependsOn.OfType<ReleaseStage>().Concat(stage.Triggers))
        {
            Want(other, wanted);
        }
    }
}
