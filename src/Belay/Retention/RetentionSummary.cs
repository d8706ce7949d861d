namespace Belay.Retention;

/// <summary>What a cleanup did.</summary>
public sealed record RetentionSummary
{
    /// <summary>The plan.</summary>
    public required RetentionPlan Plan { get; init; }

    /// <summary>What was deleted; empty in a dry run.</summary>
    public required IReadOnlyList<RetentionDecision> Deleted { get; init; }

    /// <summary>What was to be deleted and was left, because it changed meanwhile.</summary>
    public required IReadOnlyList<RetentionDecision> Changed { get; init; }

    /// <summary>The bytes that the store got back.</summary>
    public long FreedBytes => Deleted.Sum(decision => decision.Bytes);
}
