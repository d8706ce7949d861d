using Belay.Sql;

namespace Belay.Adoption;

/// <summary>Which changed file to accept.</summary>
internal sealed record RepairRequest
{
    /// <summary>The migrations of the folder.</summary>
    public required IReadOnlyList<Migration> Files { get; init; }

    /// <summary>The version of the file that was changed.</summary>
    public required decimal Version { get; init; }

    /// <summary>Why the change is right although another text ran.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether to show the difference and accept nothing.</summary>
    public bool DryRun { get; init; }
}
