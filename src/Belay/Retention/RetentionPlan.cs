namespace Belay.Retention;

/// <summary>A decision on everything that the store holds of backups.</summary>
internal sealed record RetentionPlan
{
    /// <summary>One for each backup, newest first, then one for each orphan.</summary>
    public required IReadOnlyList<RetentionDecision> Decisions { get; init; }

    /// <summary>Why nothing at all is deleted; null when the plan may be carried out.</summary>
    public string? Refusal { get; init; }

    /// <summary>What is to be deleted.</summary>
    public IEnumerable<RetentionDecision> Deletions => Decisions.Where(decision => decision.Deletes);
}
