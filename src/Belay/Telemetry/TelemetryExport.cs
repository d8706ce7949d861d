using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Belay.Telemetry;

/// <summary>Sends spans and metrics of a run to a collector, as OpenTelemetry's variables say.</summary>
/// <remarks>To make one loads OpenTelemetry's library: <see cref="Start"/> does where there is a collector, and nobody else.</remarks>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It lives as long as the process.")]
internal sealed class TelemetryExport
{
    private const int CollectorPortOfHttp = 4318;

    private readonly CollectorWatch watch = new();
    private readonly TracerProvider? tracer;
    private readonly MeterProvider? meter;

    private TelemetryExport(TelemetryVariables variables)
    {
        // The library logs through the process's activities: they must have the form that it knows.
        Activity.DefaultIdFormat = ActivityIdFormat.W3C;
        var resource = ResourceBuilder.CreateEmpty()
            .AddService("belay", serviceVersion: BelayVersion.Text, autoGenerateServiceInstanceId: false)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
        tracer = !variables.HasTraces ? null : Sdk.CreateTracerProviderBuilder()
            .AddSource(ReleaseTelemetry.Name)
            .SetResourceBuilder(resource)
            .AddOtlpExporter(options => Configure(options, variables, "TRACES"))
            .Build();
        meter = !variables.HasMetrics ? null : Sdk.CreateMeterProviderBuilder()
            .AddMeter(ReleaseTelemetry.Name)
            .SetResourceBuilder(resource)
            .AddOtlpExporter(options => Configure(options, variables, "METRICS"))
            .Build();
    }

    /// <summary>How long the end of a run waits for the collector. The default is five seconds.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Begins to send; null where no collector is named.</summary>
    /// <param name="warn">Told why nothing is sent, where the library refuses what the variables say.</param>
    public static TelemetryExport? Start(TelemetryVariables variables, Action<string> warn)
    {
        if (!variables.HasTraces && !variables.HasMetrics)
        {
            return null;
        }

        try
        {
            return Make(variables);
        }
        catch (Exception fault)
        {
            // Whatever it is, no release fails for it.
            warn($"No traces or metrics are sent: {fault.Message}");
            return null;
        }
    }

    /// <summary>Sends what is left. A collector that does not take it holds up nobody for longer than the limit.</summary>
    /// <returns>What was not sent and why, as a sentence; null when all was.</returns>
    public async Task<string?> EndAsync()
    {
        try
        {
            return await ShutDownAsync() is { } fault
                ? $"The collector of OTEL_EXPORTER_OTLP_ENDPOINT did not get all traces and metrics of the run: {fault}"
                : null;
        }
        catch (Exception fault)
        {
            // Whatever it is, no release fails for it.
            return $"Not all traces and metrics of the run were sent: {fault.Message}";
        }
    }

    private async Task<string?> ShutDownAsync()
    {
        var limit = (int)Limit.TotalMilliseconds;
        var ended = await Task.WhenAll(
            Task.Run(() => tracer?.Shutdown(limit) ?? true),
            Task.Run(() => meter?.Shutdown(limit) ?? true));
        var fault = watch.Fault ?? (ended.All(isDone => isDone) ? null : $"it did not answer within {Quantity.Duration(Limit)}");
        if (ended.All(isDone => isDone))
        {
            // One that still waits for an answer would wait in Dispose too; it ends with the process.
            tracer?.Dispose();
            meter?.Dispose();
        }

        return fault;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TelemetryExport Make(TelemetryVariables variables) => new(variables);

    private void Configure(OtlpExporterOptions options, TelemetryVariables variables, string signal)
    {
        options.HttpClientFactory = () => new HttpClient(watch, disposeHandler: false)
        {
            Timeout = TimeSpan.FromMilliseconds(options.TimeoutMilliseconds),
        };
        if (!variables.NamesProtocol(signal) && options.Endpoint.Port == CollectorPortOfHttp)
        {
            options.Protocol = OtlpExportProtocol.HttpProtobuf;
        }
    }
}
