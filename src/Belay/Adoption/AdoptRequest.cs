using Belay.Sql;

namespace Belay.Adoption;

/// <summary>Which history to take over.</summary>
internal sealed record AdoptRequest
{
    /// <summary>The migrations of the folder, ordered by version.</summary>
    public required IReadOnlyList<Migration> Files { get; init; }

    /// <summary>The tool's name; <c>none</c> to begin an empty history beside all others; null for the only one found.</summary>
    public string? From { get; init; }

    /// <summary>Whether to say what would be recorded and record nothing.</summary>
    public bool DryRun { get; init; }
}
