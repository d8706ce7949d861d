using System.Globalization;

namespace Belay.Monitoring;

/// <summary>Metrics in Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    /// <summary>What every metric begins with, and so every file.</summary>
    public const string Head = "# HELP ";

    /// <summary>The text of metrics, in the order of their names, secrets masked; nothing of one that has no values.</summary>
    public static string Of(IEnumerable<MetricBlock> blocks)
        => string.Concat(blocks.Where(block => block.Lines.Count > 0)
            .OrderBy(block => block.Name, StringComparer.Ordinal)
            .SelectMany(block => new[] { $"{Head}{block.Name} {block.Help}\n", $"# TYPE {block.Name} gauge\n" }
                .Concat(block.Lines.Select(line => $"{line}\n"))));

    /// <summary>A metric as it is written.</summary>
    public static MetricBlock Written(Metric metric) => new(
        metric.Name,
        Escaped(metric.Help),
        [.. metric.Samples.Select(sample =>
            $"{metric.Name}{Labels(sample.Labels)} {sample.Value.ToString("R", CultureInfo.InvariantCulture)}")]);

    /// <summary>What was written here before; what is not of this form is passed over.</summary>
    public static IEnumerable<MetricBlock> Read(string text)
    {
        // A name in a line may hold the same words.
        foreach (var block in $"\n{text}".Split($"\n{Head}", StringSplitOptions.RemoveEmptyEntries))
        {
            if (block.Split('\n') is [var head, _, .. var lines] && head.Split(' ', 2) is [var name, var help])
            {
                yield return new MetricBlock(name, help, [.. lines.Where(line => line.StartsWith(name, StringComparison.Ordinal))]);
            }
        }
    }

    /// <summary>A label as it is written.</summary>
    public static string Label((string Name, string Value) label)
        => $"{label.Name}=\"{Escaped(HarmlessText.Of(label.Value)).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Labels(IReadOnlyList<(string Name, string Value)> labels)
        => labels.Count == 0 ? "" : $"{{{string.Join(',', labels.Select(Label))}}}";

    private static string Escaped(string text)
        => text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace("\n", @"\n", StringComparison.Ordinal);
}
