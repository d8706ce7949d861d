using Belay.Telemetry;

namespace Belay.Tests.Telemetry;

public sealed class TelemetryVariablesTests
{
    [Theory]
    [InlineData("", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://[::1]:4317", true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=https://c.example/v1/traces", true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=https://c.example/v1/metrics", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317 OTEL_SDK_DISABLED=True", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317 OTEL_METRICS_EXPORTER=none", true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317 OTEL_TRACES_EXPORTER=none OTEL_METRICS_EXPORTER=otlp", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=c:4317", false, false)]
    [InlineData("OTEL_SERVICE_NAME=shop", false, false)]
    public void A_signal_is_sent_where_the_variables_name_a_collector_for_it(string environment, bool traces, bool metrics)
    {
        var variables = Read(environment);

        Assert.Equal((traces, metrics), (variables.HasTraces, variables.HasMetrics));
    }

    [Fact]
    public void An_address_that_nothing_can_be_sent_to_is_named()
    {
        Assert.Null(Read("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317").Fault);
        Assert.Equal(
            "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT is no address that starts with https:// or http://: no traces or metrics are sent",
            Read("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317 OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=ftp://c").Fault);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL=grpc", true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=grpc", true)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL=grpc", false)]
    public void The_protocol_is_that_of_the_signal_or_of_all(string environment, bool isNamed)
        => Assert.Equal(isNamed, Read(environment).NamesProtocol("TRACES"));

    private static TelemetryVariables Read(string environment) => new(
        environment.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(one => one.Split('=', 2))
            .ToDictionary(one => one[0], one => one[1]));
}
