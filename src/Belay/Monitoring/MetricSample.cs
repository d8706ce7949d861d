namespace Belay.Monitoring;

/// <summary>One value of a metric.</summary>
/// <param name="Labels">What tells it from the metric's other values, in the order in which it is written.</param>
internal sealed record MetricSample(IReadOnlyList<(string Name, string Value)> Labels, double Value);
