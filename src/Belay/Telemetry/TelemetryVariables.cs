namespace Belay.Telemetry;

/// <summary>The variables of OpenTelemetry that say whether there is a collector; the others are read by its own library.</summary>
internal sealed class TelemetryVariables(IReadOnlyDictionary<string, string> environment)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether spans go anywhere.</summary>
    public bool HasTraces => IsOn("TRACES");

    /// <summary>Whether metrics go anywhere.</summary>
    public bool HasMetrics => IsOn("METRICS");

    /// <summary>What is wrong with an address that nothing can be sent to, as a sentence; null for nothing.</summary>
    public string? Fault => new[] { Endpoint, EndpointOf("TRACES"), EndpointOf("METRICS") }
        .FirstOrDefault(name => Value(name) is { } text && !IsAddress(text)) is { } wrong
        ? $"{wrong} is no address that starts with https:// or http://: no traces or metrics are sent"
        : null;

    /// <summary>Whether the protocol is said, for all signals or for one.</summary>
    /// <param name="signal"><c>TRACES</c> or <c>METRICS</c>.</param>
    public bool NamesProtocol(string signal)
        => Value("OTEL_EXPORTER_OTLP_PROTOCOL") is not null || Value($"OTEL_EXPORTER_OTLP_{signal}_PROTOCOL") is not null;

    /// <summary>A variable's value; null when it is unset or empty.</summary>
    public string? Value(string name) => environment.TryGetValue(name, out var value) && value.Trim().Length > 0 ? value.Trim() : null;

    private bool IsOn(string signal)
        => (Value(Endpoint) ?? Value(EndpointOf(signal))) is not null
            && !"true".Equals(Value("OTEL_SDK_DISABLED"), StringComparison.OrdinalIgnoreCase)
            && Value($"OTEL_{signal}_EXPORTER") is (null or "otlp")
            && Fault is null;

    private static string EndpointOf(string signal) => $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT";

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https");
}
