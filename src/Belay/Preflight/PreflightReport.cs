using Belay.History;
using Belay.Postgres;
using Belay.Schema;
using Belay.Sql;

namespace Belay.Preflight;

/// <summary>What preflight saw.</summary>
internal sealed record PreflightReport
{
    /// <summary>The server's <c>version()</c> text.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>The programs that the backup will use; null when there are none, and none is taken.</summary>
    public required PostgresTools? Tools { get; init; }

    /// <summary>The migrations to run, in order.</summary>
    public required IReadOnlyList<Migration> Pending { get; init; }

    /// <summary>The history's rows.</summary>
    public required IReadOnlyList<AppliedMigration> Applied { get; init; }

    /// <summary>What the pending migrations' checks expect and find; null when no check expects rows or none is pending.</summary>
    public PendingObjects? PendingObjects { get; init; }

    /// <summary>The schema beside the recorded one; null when none is recorded or nobody looked.</summary>
    public SchemaDrift? Drift { get; init; }

    /// <summary>Whose migrations would run, which tables they touch, and whether this database was ever released to,
    /// one line each.</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];

    /// <summary>Everything found.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}
