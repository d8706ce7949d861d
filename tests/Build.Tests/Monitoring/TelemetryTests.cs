using System.Runtime.InteropServices;
using Build.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Build.Tests.Monitoring;

public sealed class TelemetryTests(ReleaseWorld world)
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Parent = "00f067aa0ba902b7";

    [Fact]
    public async Task A_release_is_a_trace_below_the_one_that_called_it_and_no_secret_is_in_it()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var release = await world.NewReleaseAsync(Token);
        var environment = Sent(receiver);
        environment["TRACEPARENT"] = $"00-{Trace}-{Parent}-01";
        environment["OTEL_EXPORTER_OTLP_HEADERS"] = "x-api-key=otl-key%20of-collector";
        environment["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment.name=staging";

        (await release.BuildAsync(environment, "Migrate")).MustExitWith(0).MustNotPrint("collector").MustNotPrint("otl-key");

        var run = Assert.Single(receiver.Spans, span => span.Name == "belay Migrate");
        Assert.Equal((Trace, Parent), (run.TraceId, run.ParentId));
        Assert.All(receiver.Spans, span => Assert.Equal(Trace, span.TraceId));
        Assert.Equal(
            ["Backup", "Migrate", "Preflight", "SmokeTest", "Verify"],
            receiver.Spans.Where(span => span.ParentId == run.SpanId).Select(span => span.Name).Order());
        Assert.Equal(["backup", "proof"], Below(receiver, "Backup"));
        Assert.Equal(["migration 0001_add_user_analysis_preferences.sql"], Below(receiver, "Migrate"));
        Assert.Equal(("0", "succeeded", "1", "postgresql"), (
            run.Attributes["process.exit.code"],
            run.Attributes["belay.outcome"],
            run.Attributes["belay.migrations.applied"],
            run.Attributes["db.system.name"]));
        Assert.Equal(("belay", "staging"), (receiver.Resource["service.name"], receiver.Resource["deployment.environment.name"]));
        Assert.Equal(
            ["belay.backup.size", "belay.migration.duration", "belay.run.duration", "belay.stage.duration"], receiver.Metrics);
        Assert.Contains("x-api-key: otl-key of-collector", receiver.Everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(world.Roles.OwnerPassword.Reveal(), receiver.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(release.Environment["SMOKE_PASSWORD"]!, receiver.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_marks_its_migration_its_stage_and_the_run()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var release = await world.NewReleaseAsync(Token);
        await File.WriteAllTextAsync(Path.Combine(release.Migrations, "0002_wrong.sql"), "SELECT nothing FROM nowhere;", Token);

        (await release.BuildAsync(Sent(receiver), "Migrate")).MustExitWith(6);

        foreach (var name in new[] { "migration 0002_wrong.sql", "Migrate", "belay Migrate" })
        {
            var span = Assert.Single(receiver.Spans, span => span.Name == name);
            Assert.Equal(2, span.Status);
            Assert.Contains("0002_wrong.sql", span.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, Assert.Single(receiver.Spans, span => span.Name.StartsWith("migration 0001", StringComparison.Ordinal)).Status);
        Assert.Equal("6", receiver.Spans.Single(span => span.Name == "belay Migrate").Attributes["process.exit.code"]);
    }

    [Fact]
    public async Task A_collector_of_gRPC_gets_the_same()
    {
        await using var receiver = await OtlpReceiver.StartGrpcAsync();
        await using var release = await world.NewReleaseAsync(Token);

        (await release.BuildAsync(Sent(receiver, "grpc"), "Status")).MustExitWith(0).MustNotPrint("collector");

        Assert.Equal(["Status", "belay Status"], receiver.Spans.Select(span => span.Name).Order());
        Assert.Contains("belay.run.duration", receiver.Metrics);
    }

    [Theory]
    [InlineData(503, "it answered 503")]
    [InlineData(307, "it answered 307")]
    public async Task A_collector_that_refuses_is_one_line_and_changes_nothing(int status, string reason)
    {
        await using var other = await OtlpReceiver.StartAsync();
        await using var receiver = await OtlpReceiver.StartAsync(HttpProtocols.Http1, context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = other.Address.ToString();
            return Task.CompletedTask;
        });
        await using var release = await world.NewReleaseAsync(Token);

        (await release.BuildAsync(Sent(receiver), "Migrate"))
            .MustExitWith(0)
            .MustPrint(
                $"Warning: The collector of OTEL_EXPORTER_OTLP_ENDPOINT did not get all traces and metrics of the run: {reason}");
        Assert.Equal("", other.Everything);
    }

    [Fact]
    public async Task A_collector_that_is_not_there_or_never_answers_holds_up_no_run()
    {
        await using var receiver = await OtlpReceiver.StartAsync(
            HttpProtocols.Http1, context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var release = await world.NewReleaseAsync(Token);

        (await release.BuildAsync(Sent(receiver), "Status")).MustExitWith(0).MustPrint("of the run: it did not answer");

        var nobody = Sent(receiver);
        nobody["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9";
        (await release.BuildAsync(nobody, "Status")).MustExitWith(0).MustPrint("of the run: it cannot be reached: Connection refused");
        nobody["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector:4317";
        (await release.BuildAsync(nobody, "Status"))
            .MustExitWith(0)
            .MustPrint("OTEL_EXPORTER_OTLP_ENDPOINT is no address that starts with https:// or http://: no traces or metrics are sent");
    }

    [Fact]
    public async Task The_library_is_loaded_where_there_is_a_collector_and_nowhere_else()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what a process has loaded.");
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var release = await world.NewReleaseAsync(Token);
        await File.WriteAllTextAsync(Path.Combine(release.Migrations, "0002_slow.sql"), "SELECT pg_sleep(60);", Token);

        Assert.True(await LoadsAsync(release, Sent(receiver)));
        Assert.False(await LoadsAsync(release, []));
    }

    private static async Task<bool> LoadsAsync(ReleaseUnderTest release, Dictionary<string, string?> environment)
    {
        using var running = release.Start(environment, "Migrate", "--rehearse", "false");
        await running.UntilPrintedAsync("0002_slow.sql", Token);
        var maps = await File.ReadAllTextAsync($"/proc/{running.Id}/maps", Token);
        running.Signal(PosixSignal.SIGTERM);
        (await running.EndAsync(Token)).MustExitWith(143);
        Assert.Contains("Npgsql.dll", maps, StringComparison.Ordinal);
        return maps.Contains("OpenTelemetry", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Below(OtlpReceiver receiver, string name)
    {
        var parent = receiver.Spans.Single(span => span.Name == name).SpanId;
        return receiver.Spans.Where(span => span.ParentId == parent).Select(span => span.Name).Order();
    }

    private static Dictionary<string, string?> Sent(OtlpReceiver receiver, string protocol = "http/protobuf") => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address.ToString(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol,
    };
}
