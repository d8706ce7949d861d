using Belay.Sql;

namespace Belay.Adoption;

/// <summary>What a baseline is to record.</summary>
internal sealed record BaselineRequest
{
    /// <summary>The migrations of the folder, ordered by version.</summary>
    public required IReadOnlyList<Migration> Files { get; init; }

    /// <summary>The newest version that the database is at.</summary>
    public required decimal Version { get; init; }

    /// <summary>Why, for the history's remark; null for none.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether to say what would be recorded and record nothing.</summary>
    public bool DryRun { get; init; }
}
