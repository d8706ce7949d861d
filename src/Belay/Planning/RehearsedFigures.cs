using Belay.Postgres;

namespace Belay.Planning;

/// <summary>What the last rehearsal has shown, for the plan of the same files.</summary>
internal sealed record RehearsedFigures
{
    /// <summary>When it ended.</summary>
    public required DateTimeOffset EndedUtc { get; init; }

    /// <summary>The backup that the copy was restored from.</summary>
    public required string BackupId { get; init; }

    /// <summary>The database that the backup is of.</summary>
    public required DatabaseIdentity Database { get; init; }

    /// <summary>The migrations that ran, in order; empty when it failed before they had all run.</summary>
    public IReadOnlyList<PlannedFile> Files { get; init; } = [];

    /// <summary>The figures, a line each.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Why it refused the release; null when it passed.</summary>
    public string? Refusal { get; init; }
}
