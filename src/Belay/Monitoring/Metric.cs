namespace Belay.Monitoring;

/// <summary>A metric with its values; all are gauges, for each run tells how things stand.</summary>
/// <param name="Name">One of <see cref="MetricNames"/>.</param>
/// <param name="Help">What it means, in one line.</param>
internal sealed record Metric(string Name, string Help, IReadOnlyList<MetricSample> Samples);
