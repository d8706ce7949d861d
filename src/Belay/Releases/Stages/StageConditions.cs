namespace Belay.Releases.Stages;

/// <summary>When a stage is left out whose turn has come. One that was typed runs, and is refused where it cannot.</summary>
internal static class StageConditions
{
    private const string NotDry = "not in a dry run";
    private const string Pending = "a migration is pending";

    /// <summary>The conditions.</summary>
    /// <param name="plan">The run's plan, known when the turn comes.</param>
    /// <param name="isPending">Whether a migration is pending; true as long as nobody looked.</param>
    public static IReadOnlyList<StageCondition> Of(ReleaseStage stage, Func<ReleasePlan> plan, Func<bool> isPending)
    {
        List<StageCondition> conditions = [];
        if (stage.DryRun == DryRunRule.LeftOut)
        {
            conditions.Add(new StageCondition(NotDry, () => plan() is var now && (!now.IsDryRun || now.IsTyped(stage))));
        }

        if (stage.OnlyWhenPending)
        {
            conditions.Add(new StageCondition(Pending, () => plan().IsTyped(stage) || isPending()));
        }

        return conditions;
    }

    /// <summary>The conditions in words.</summary>
    public static IReadOnlyList<string> TextsOf(ReleaseStage stage)
    {
        string?[] texts = [stage.DryRun == DryRunRule.LeftOut ? NotDry : null, stage.OnlyWhenPending ? Pending : null];
        return [.. texts.OfType<string>()];
    }
}
