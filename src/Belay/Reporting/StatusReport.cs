using Belay.Schema;

namespace Belay.Reporting;

/// <summary>Where a database stands.</summary>
/// <param name="Database">The database as people may see it.</param>
/// <param name="NowUtc">The time that ages count from.</param>
/// <param name="Migrations">Applied and pending ones, in order.</param>
/// <param name="Backups">This database's backups, newest first; null when no store is configured.</param>
internal sealed record StatusReport(
    string Database, DateTimeOffset NowUtc, IReadOnlyList<StatusMigration> Migrations, IReadOnlyList<StatusBackup>? Backups)
{
    /// <summary>The schema beside the recorded one; null when none is recorded or nobody looked.</summary>
    public SchemaDrift? Schema { get; init; }

    /// <summary>The database's releases; null when nobody asked for them.</summary>
    public PastReleases? Releases { get; init; }

    /// <summary>Whether somebody looked at the database. The default is yes.</summary>
    public bool IsDatabaseKnown { get; init; } = true;

    /// <summary>Whether the folder of migrations was there; without it what is pending is not known. The default is yes.</summary>
    public bool IsFolderKnown { get; init; } = true;

    /// <summary>Whether a database is named. The default is yes.</summary>
    public bool IsDatabaseNamed { get; init; } = true;

    /// <summary>How many migrations are in which state: <c>2 applied, 1 pending</c>; <c>2 applied, pending not known</c> without a
    /// folder.</summary>
    public string Counts
    {
        get
        {
            var applied = Migrations.Count(migration => migration.AppliedUtc is not null);
            var partWay = Migrations.Count(migration => migration.IsPartWay);
            var pending = IsFolderKnown ? $"{Migrations.Count - applied - partWay} pending" : "pending not known";
            return $"{applied} applied, {pending}" + (partWay == 0 ? "" : $", {partWay} part-way");
        }
    }
}
