using Belay.Backups.Catalogue;
using Belay.Monitoring;
using Belay.Reporting;

namespace Belay.Releases.Telling;

/// <summary>Leaves the metrics of a run in the file that was named.</summary>
internal static class RunMetrics
{
    /// <summary>Writes them; a file that cannot be written is a line and changes neither what the run did nor its exit code.</summary>
    public static async Task WriteAsync(ReleaseRun run, int exitCode, CancellationToken cancellationToken)
    {
        if (run.Settings.MetricsFile is not { } path)
        {
            return;
        }

        try
        {
            var isStatus = run.Request.ShowsStatus;
            var metrics = Of(run, isStatus, exitCode).ToList();
            if (metrics.Count > 0)
            {
                // The age of a backup that nobody could look at is not known any more.
                await new MetricsFile(path, run.TimeProvider).WriteAsync(
                    metrics, isStatus ? MetricNames.OfStatus : [], cancellationToken);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            run.Output.Line($"Warning: the metrics could not be written into {path}: {fault.Message}", LineTone.Doubtful);
        }
    }

    private static IEnumerable<Metric> Of(ReleaseRun run, bool isStatus, int exitCode)
    {
        var now = run.TimeProvider.GetUtcNow();
        return
        [
            .. isStatus ? StatusMetrics.Of(run.Status, now, exitCode) : [],
            .. StatusMetrics.OfBackups(isStatus ? run.Status?.Backups ?? [] : Taken(run), now),
            .. run.Request.TellsOthers ? ReleaseMetrics.Of(run.Record.Make(exitCode)) : [],
        ];
    }

    private static IReadOnlyList<StatusBackup> Taken(ReleaseRun run) => run.Record.Manifest is not { } manifest ? [] :
    [
        new StatusBackup(manifest.Id, manifest.EndedUtc, manifest.Size, "", manifest.KeepUntil)
        {
            Database = manifest.Database.Name,
            Level = BackupJudgement.LevelOf(manifest),
        },
    ];
}
