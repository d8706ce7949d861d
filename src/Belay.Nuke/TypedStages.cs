using Belay.Releases.Stages;
using Nuke.Common.Execution;

namespace Belay.Nuke;

/// <summary>What was typed, as stages: a target of the team's own stands for the stages that it needs or calls for.</summary>
internal static class TypedStages
{
    /// <summary>The names of the stages.</summary>
    /// <param name="invoked">The targets that were typed, or the default.</param>
    public static IReadOnlyList<string> Of(IEnumerable<ExecutableTarget> invoked)
    {
        List<string> stages = [];
        var open = new Queue<ExecutableTarget>(invoked);
        var seen = new HashSet<ExecutableTarget>();
        while (open.TryDequeue(out var target))
        {
            if (!seen.Add(target))
            {
                continue;
            }

            if (ReleaseStages.Find(target.Name) is { } stage)
            {
                stages.Add(stage.Name);
            }
            else
            {
                target.ExecutionDependencies.Concat(target.Triggers).ToList().ForEach(open.Enqueue);
            }
        }

        return stages;
    }
}
