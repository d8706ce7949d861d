using Belay.Settings;

namespace Belay.Monitoring;

/// <summary>Where monitors read what a run saw.</summary>
internal static class MonitoringParameters
{
    /// <summary>The file of metrics.</summary>
    public static Parameter<string?> MetricsFile { get; } = Declare.Text(
        "metrics-file", "A file that gets age, size and proof of backups and the durations of a release as Prometheus metrics")
        .SeeAlso("docs/monitoring.md#metrics");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [MetricsFile];
}
