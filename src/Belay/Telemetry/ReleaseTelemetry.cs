using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Belay.Telemetry;

/// <summary>Spans and metrics of a run. Without a listener nothing of them is made.</summary>
internal static class ReleaseTelemetry
{
    /// <summary>The name of both the source of spans and the meter.</summary>
    public const string Name = "Belay";

    private const string Stage = "belay.stage";
    private const string Outcome = "belay.outcome";

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> RunDuration = Meter.CreateHistogram<double>(
        "belay.run.duration", "s", "How long a run took.");

    private static readonly Histogram<double> StageDuration = Meter.CreateHistogram<double>(
        "belay.stage.duration", "s", "How long a stage took.");

    private static readonly Histogram<double> MigrationDuration = Meter.CreateHistogram<double>(
        "belay.migration.duration", "s", "How long a migration took, with its checks.");

    private static readonly Gauge<long> BackupSize = Meter.CreateGauge<long>(
        "belay.backup.size", "By", "The stored size of the backup that the run took.");

    /// <summary>Where spans begin.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Does work inside a span of its own, which a failure marks.</summary>
    public static async Task<T> SpanAsync<T>(string name, Func<Activity?, Task<T>> work)
    {
        using var span = Source.StartActivity(name);
        try
        {
            return await work(span);
        }
        catch (Exception fault)
        {
            Fail(span, fault.Message);
            throw;
        }
    }

    /// <summary>Marks a span as failed.</summary>
    /// <param name="message">Why; its first line is kept, secrets masked.</param>
    public static void Fail(Activity? span, string message)
        => span?.SetStatus(ActivityStatusCode.Error, HarmlessText.Of(message).Split('\n', 2)[0]);

    /// <summary>Adds a text to a span, secrets masked; null adds nothing.</summary>
    public static void Note(Activity? span, string name, string? text)
        => span?.SetTag(name, text is null ? null : HarmlessText.Of(text));

    public static void RunEnded(TimeSpan duration, string outcome)
        => RunDuration.Record(duration.TotalSeconds, KeyValuePair.Create(Outcome, (object?)outcome));

    public static void StageEnded(TimeSpan duration, string stage, string outcome)
        => StageDuration.Record(
            duration.TotalSeconds, KeyValuePair.Create(Stage, (object?)stage), KeyValuePair.Create(Outcome, (object?)outcome));

    public static void MigrationEnded(TimeSpan duration, string migration)
        => MigrationDuration.Record(duration.TotalSeconds, KeyValuePair.Create("belay.migration", (object?)HarmlessText.Of(migration)));

    public static void BackupTaken(long bytes, string database)
        => BackupSize.Record(bytes, KeyValuePair.Create("db.namespace", (object?)HarmlessText.Of(database)));
}
