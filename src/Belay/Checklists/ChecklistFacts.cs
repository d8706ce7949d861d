using Belay.Backups.Catalogue;
using Belay.History;
using Belay.Reporting;

namespace Belay.Checklists;

/// <summary>What was seen for the checklists; null or empty for what nobody could look at, with the reason beside it.</summary>
internal sealed record ChecklistFacts
{
    /// <summary>The time that ages count from.</summary>
    public required DateTimeOffset NowUtc { get; init; }

    /// <summary>The database as people may see it; null when DATABASE_URL is not set.</summary>
    public string? Database { get; init; }

    /// <summary>Why the database was not looked at; null when it was.</summary>
    public string? DatabaseFault { get; init; }

    /// <summary>The server's version, for example 15.18; null when nobody asked it.</summary>
    public Version? ServerVersion { get; init; }

    /// <summary>The files of the pending migrations; null when the database or the folder was not looked at.</summary>
    public IReadOnlyList<string>? Pending { get; init; }

    /// <summary>The tables that they touch, each with whether it has rows; null for one that is missing or may not be read.</summary>
    public IReadOnlyList<(string Name, bool? HasRows)> Tables { get; init; } = [];

    /// <summary>How many other sessions the database has now; null when nobody asked.</summary>
    public long? Sessions { get; init; }

    /// <summary>The history; empty when nobody read it.</summary>
    public IReadOnlyList<AppliedMigration> Applied { get; init; } = [];

    /// <summary>Why the store was not looked at; null when it was.</summary>
    public string? StoreFault { get; init; }

    /// <summary>The database's backups in the store, newest first.</summary>
    public IReadOnlyList<CatalogBackup> Backups { get; init; } = [];

    /// <summary>How old a backup may be that opens the gate.</summary>
    public required TimeSpan MaximumAge { get; init; }

    /// <summary>How many webhooks are told of a release.</summary>
    public int Webhooks { get; init; }

    /// <summary>The record of the newest release that applied migrations; null when there is none.</summary>
    public ReleaseRecord? Newest { get; init; }
}
