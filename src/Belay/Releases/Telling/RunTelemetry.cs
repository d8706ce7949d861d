using System.Diagnostics;
using Belay.Telemetry;

namespace Belay.Releases.Telling;

/// <summary>The span of a run and those of its stages, and whoever they are sent to.</summary>
internal sealed class RunTelemetry
{
    private readonly ReleaseHost host;
    private readonly TelemetryExport? export;
    private readonly Activity? span;
    private readonly long begun;

    private RunTelemetry(RunRequest request, TelemetryVariables variables)
    {
        host = request.Host;
        export = TelemetryExport.Start(variables, host.Output.Warn);
        begun = host.TimeProvider.GetTimestamp();
        span = ReleaseTelemetry.Source.StartActivity(
            $"belay {string.Join(' ', request.Targets)}", ActivityKind.Internal, ParentOf(variables));
        // A stage names its parent: what is current here ends with this call.
        Activity.Current = null;
        if (variables.Fault is { } fault)
        {
            host.Output.Warn(fault);
        }
    }

    /// <summary>Begins the span of a run, below the one that TRACEPARENT names.</summary>
    public static RunTelemetry Begin(RunRequest request) => new(request, new TelemetryVariables(request.Input.Environment));

    /// <summary>Runs a stage inside its span.</summary>
    /// <param name="stage">Never throws; returns its fact, or why it failed.</param>
    public async Task StageAsync(string name, Func<Task<(string? Fact, Failure? Failure)>> stage)
    {
        var started = host.TimeProvider.GetTimestamp();
        using var inner = ReleaseTelemetry.Source.StartActivity(name, ActivityKind.Internal, span?.Context ?? default);
        var (fact, failure) = await stage();
        ReleaseTelemetry.Note(inner, "belay.fact", fact);
        Mark(inner, failure);
        ReleaseTelemetry.StageEnded(host.TimeProvider.GetElapsedTime(started), name, OutcomeOf(failure));
    }

    /// <summary>Ends the span of the run and sends what is left; what a collector did not take is a line.</summary>
    public async Task EndAsync(RunRecord record, int exitCode)
    {
        ReleaseTelemetry.Note(span, "belay.run.id", record.RunId);
        ReleaseTelemetry.Note(span, "db.system.name", "postgresql");
        ReleaseTelemetry.Note(span, "belay.database", record.Database);
        ReleaseTelemetry.Note(span, "belay.backup.id", record.BackupId);
        span?.SetTag("belay.migrations.applied", record.Committed.Count);
        span?.SetTag("process.exit.code", exitCode);
        Mark(span, record.Failure);
        span?.Dispose();
        ReleaseTelemetry.RunEnded(host.TimeProvider.GetElapsedTime(begun), OutcomeOf(record.Failure));
        if (export is not null && await export.EndAsync() is { } warning)
        {
            host.Output.Line($"Warning: {warning}", LineTone.Doubtful);
        }
    }

    private static void Mark(Activity? span, Failure? failure)
    {
        span?.SetTag("belay.outcome", OutcomeOf(failure));
        if (failure is not null)
        {
            ReleaseTelemetry.Fail(span, failure.Message);
        }
    }

    private static string OutcomeOf(Failure? failure)
        => failure switch { null => "succeeded", { IsCancellation: true } => "cancelled", _ => "failed" };

    private static ActivityContext ParentOf(TelemetryVariables variables)
        => ActivityContext.TryParse(variables.Value("TRACEPARENT"), variables.Value("TRACESTATE"), isRemote: true, out var parent)
            ? parent
            : default;
}
