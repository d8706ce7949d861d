using Belay.Backups;
using Belay.Reporting;

namespace Belay.Monitoring;

/// <summary>What Status saw, as metrics.</summary>
internal static class StatusMetrics
{
    /// <summary>The metrics; without a report only those of the attempt.</summary>
    /// <param name="report">What was seen; null when Status failed before.</param>
    public static IReadOnlyList<Metric> Of(StatusReport? report, DateTimeOffset now, int exitCode) =>
    [
        new(MetricNames.StatusTime, "When Status last ran, in Unix time.", [new([], now.ToUnixTimeSeconds())]),
        new(MetricNames.StatusExitCode, "The exit code of the last Status.", [new([], exitCode)]),
        .. report is null ? [] : Seen(report),
    ];

    /// <summary>The newest proven backup of each database.</summary>
    public static IReadOnlyList<Metric> OfBackups(IEnumerable<StatusBackup> backups, DateTimeOffset now)
    {
        var newest = backups.Where(backup => backup is { Database: not null, Level: >= ProofLevel.Readback })
            .GroupBy(backup => backup.Database!, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.MaxBy(backup => backup.EndedUtc)!)
            .ToList();
        return
        [
            Newest(
                MetricNames.BackupAge,
                "Age of the newest proven backup when this file was written; alert on the timestamp.",
                backup => Math.Round((now - backup.EndedUtc).TotalSeconds)),
            Newest(
                MetricNames.BackupTime,
                "When the newest proven backup ended, in Unix time.",
                backup => backup.EndedUtc.ToUnixTimeSeconds()),
            Newest(MetricNames.BackupSize, "Stored size of the newest proven backup.", backup => backup.Size),
            Newest(
                MetricNames.BackupProof,
                "Proof of the newest proven backup: 2 readback, 3 restored-uncounted, 4 restored.",
                backup => (int)backup.Level),
        ];

        Metric Newest(string name, string help, Func<StatusBackup, double> value)
            => new(name, help, [.. newest.Select(backup => new MetricSample([("database", backup.Database!)], value(backup)))]);
    }

    private static IEnumerable<Metric> Seen(StatusReport report)
    {
        yield return new Metric(
            MetricNames.Backups,
            "Backups in the store, whatever their proof.",
            [.. (report.Backups ?? []).Where(backup => backup.Database is not null)
                .GroupBy(backup => backup.Database!, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new MetricSample([("database", group.Key)], group.Count()))]);
        if (report.IsDatabaseKnown)
        {
            yield return new Metric(
                MetricNames.Migrations,
                "Migrations of the folder and the history.",
                [
                    Count("applied", migration => migration.AppliedUtc is not null),
                    Count("part-way", migration => migration.IsPartWay),
                    .. report.IsFolderKnown
                        ? [Count("pending", migration => migration is { AppliedUtc: null, IsPartWay: false })]
                        : Array.Empty<MetricSample>(),
                ]);
        }

        MetricSample Count(string state, Func<StatusMigration, bool> isIn)
            => new([("database", report.Database), ("state", state)], report.Migrations.Count(isIn));
    }
}
