using Belay.Reporting;

namespace Belay.Monitoring;

/// <summary>How a run went, as metrics.</summary>
internal static class ReleaseMetrics
{
    /// <summary>The metrics.</summary>
    public static IReadOnlyList<Metric> Of(ReleaseRecord record)
    {
        var database = ("database", record.Database ?? "");
        return
        [
            new(
                MetricNames.ReleaseDuration,
                "Duration of each step of the last run that did more than look.",
                [.. record.Steps.Select(step => new MetricSample([database, ("step", step.Name)], Math.Round(step.Seconds, 3)))]),
            new(
                MetricNames.ReleaseTime,
                "When the last run ended that did more than look, in Unix time.",
                [new([database], record.FinishedUtc.ToUnixTimeSeconds())]),
            new(MetricNames.ReleaseExitCode, "Its exit code.", [new([database], record.ExitCode)]),
            new(MetricNames.ReleaseMigrations, "How many migrations it applied.", [new([database], record.Migrations.Count)]),
        ];
    }
}
