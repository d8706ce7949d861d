namespace Belay.Retention;

/// <summary>What a cleanup did.</summary>
internal sealed record RetentionSummary
{
    /// <summary>The plan.</summary>
    public required RetentionPlan Plan { get; init; }

    /// <summary>What was deleted; empty in a dry run.</summary>
    public required IReadOnlyList<RetentionDecision> Deleted { get; init; }

    /// <summary>What was to be deleted and was left, because it changed meanwhile.</summary>
    public required IReadOnlyList<RetentionDecision> Changed { get; init; }

    /// <summary>Whether nothing was to be deleted yet.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether the backups that stay were not read back before others were deleted for them.</summary>
    public bool TrustsSurvivors { get; init; }

    /// <summary>The bytes that the store got back.</summary>
    public long FreedBytes => Deleted.Sum(decision => decision.Bytes);

    /// <summary>What was done, or would be, in one sentence.</summary>
    public override string ToString()
    {
        var planned = Plan.Deletions.ToList();
        var kept = Plan.Decisions.Count - planned.Count + Changed.Count;
        return IsDryRun
            ? $"Dry run: would delete {planned.Count}, freeing {Quantity.Bytes(planned.Sum(decision => decision.Bytes))}, and keep {kept}."
            : $"Deleted {Deleted.Count}, freed {Quantity.Bytes(FreedBytes)}, kept "
                + $"{kept}{(TrustsSurvivors ? "; what stays was not read back (--trust-survivors)" : "")}.";
    }
}
