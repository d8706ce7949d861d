using Belay.Printing;
using Belay.Schema;

namespace Belay.Reporting;

/// <summary>Shows where a database stands.</summary>
internal static class StatusRenderer
{
    /// <summary>The lines to print: migrations, then backups.</summary>
    public static IReadOnlyList<string> Lines(StatusReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return
        [
            $"Database: {report.Database}",
            "",
            report.IsDatabaseKnown ? $"Migrations: {report.Counts}" : "Migrations: the database was not looked at",
            .. Table(["Migration", "State", "Remark"], report.Migrations.Select(Migration)),
            .. Schema(report.Schema),
            "",
            .. Backups(report),
            .. Releases(report.Releases),
        ];
    }

    private static IReadOnlyList<string> Releases(PastReleases? past) => past switch
    {
        null => [],
        { Count: 0 } => ["", $"Releases of {past.Database}: none is on record in the store"],
        _ =>
        [
            "",
            $"Releases of {past.Database}: {past.Count}"
                + (past.Newest.Count < past.Count ? $", of which these are the newest {past.Newest.Count}" : ""),
            .. Table(["No.", "Finished", "Backup", "Targets", "Outcome", "Migrations", "Who"], past.Newest.Select(Release), whole: 3),
        ],
    };

    private static IReadOnlyList<string> Release(StatusRelease release) => release.Fault is { } fault
        ? [$"{release.Number}", "", "", "", $"cannot be read: {fault}", "", ""]
        :
        [
            $"{release.Number}",
            release.FinishedUtc is { } finished ? Quantity.Utc(finished) : "",
            release.BackupId ?? "none",
            string.Join(", ", release.Targets),
            release.Outcome ?? "",
            release.Migrations.Count == 0 ? "none" : string.Join(", ", release.Migrations),
            release.Who ?? "",
        ];

    private static IReadOnlyList<string> Schema(SchemaDrift? drift) => drift switch
    {
        null => [],
        { Difference: null } => [
            "",
            $"Schema: recorded on {Quantity.Utc(drift.Stored.RecordedUtc)} by PostgreSQL {drift.Stored.ServerMajor}, not compared with "
                + "another version",
        ],
        { IsEqual: true } => ["", $"Schema: equal now to what {drift.Stored.Reason} left on {Quantity.Utc(drift.Stored.RecordedUtc)}"],
        { Difference: var difference } =>
        [
            "",
            $"Schema: differs from what {drift.Stored.Reason} left on {Quantity.Utc(drift.Stored.RecordedUtc)}, last seen equal on "
                + $"{Quantity.Utc(drift.Stored.SeenUtc)}: {difference.Summary}",
            .. difference.Shown.Select(line => $"  {line}"),
        ],
    };

    private static IReadOnlyList<string> Backups(StatusReport report) => report.Backups switch
    {
        null => ["Backups: no store is configured"],
        [] => ["Backups: none"],
        var backups =>
        [
            $"Backups: {backups.Count}, {Quantity.Bytes(backups.Sum(backup => backup.Size))} in all",
            .. Table(
                ["Backup", "Database", "Server", "Age", "Size", "Proof", "Deleted", "Remark"],
                backups.Select(backup => Backup(backup, report.NowUtc))),
        ],
    };

    private static IReadOnlyList<string> Migration(StatusMigration migration)
        => [
            migration.Name,
            migration.AppliedUtc is { } applied ? $"applied {Quantity.Utc(applied)}" : migration.IsPartWay ? "part-way" : "pending",
            migration.Remark ?? "",
        ];

    private static IReadOnlyList<string> Backup(StatusBackup backup, DateTimeOffset now) =>
    [
        backup.Id,
        backup.Database ?? "",
        backup.Server ?? "",
        Quantity.Duration(now - backup.EndedUtc),
        Quantity.Bytes(backup.Size),
        backup.Proof,
        backup.DeleteUtc switch
        {
            null => "never",
            { } delete when delete <= now => "at the next cleanup",
            { } delete => $"after {Quantity.Utc(delete)}",
        },
        backup.Remark ?? "",
    ];

    private static IReadOnlyList<string> Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows, int whole = 1)
    {
        var all = rows.Select(row => (IReadOnlyList<string>)[.. row.Select(HarmlessText.Of)]).ToList();
        return all.Count == 0 ? [] : TextTable.Lines(heads, all, whole);
    }
}
