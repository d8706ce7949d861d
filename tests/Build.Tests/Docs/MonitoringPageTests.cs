using Belay.IntegrationTests.Support;
using Build.Tests.Support;

namespace Build.Tests.Docs;

/// <summary>The commands of the page on monitoring.</summary>
public sealed class MonitoringPageTests(ReleaseWorld world)
{
    [Fact]
    [Walks("monitoring.md", "Status for programs")]
    public Task Status_for_programs() => Walk.RunAsync(world, async walk =>
        (await walk.TypeAsync("./build.sh Status --output json")).MustExitWith(0).MustPrint("\"isDatabaseKnown\": true,"));

    [Fact]
    [Walks("monitoring.md", "Metrics")]
    public Task Metrics() => Walk.RunAsync(world, async walk =>
    {
        (await walk.TypeAsync("./build.sh Status --metrics-file belay.prom")).MustExitWith(0);
        Exposition.MustBeValid(await File.ReadAllTextAsync(Path.Combine(walk.Release.Root, "belay.prom"), Token));
    });

    [Fact]
    [Walks("monitoring.md", "Watching a release")]
    public Task Watching_a_release() => Walk.RunAsync(world, async walk =>
    {
        walk.Fill("10min", "1s");
        (await walk.TypeAsync("./build.sh Migrate Watch --for 10min")).MustExitWith(0).MustPrint("Watched for ");
        (await walk.TypeAsync("./build.sh Watch --for 10min")).MustExitWith(0).MustPrint("Watched for ");
    });

    [Fact]
    [Walks("monitoring.md", "The checklists")]
    public Task The_checklists() => Walk.RunAsync(world, async walk =>
        (await walk.TypeAsync("./build.sh Checklist")).MustExitWith(0).MustPrint("Pre-Migration Checklist"));

    [Fact]
    [Walks("monitoring.md", "Webhooks")]
    public Task Webhooks() => Walk.RunAsync(world, async walk =>
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        walk.Fill("https://hooks.slack.com/services/T…/B…/…", receiver.Address.ToString());
        (await walk.TypeAsync("export WEBHOOK_URL=\"https://hooks.slack.com/services/T…/B…/…\"")).MustExitWith(0);

        (await walk.ShellAsync("./build.sh Backup")).MustExitWith(0);

        Assert.Equal(["started", "succeeded"], receiver.Events);
    });

    [Fact]
    [Walks("monitoring.md", "OpenTelemetry")]
    public Task OpenTelemetry() => Walk.RunAsync(world, async walk =>
    {
        await using var receiver = await OtlpReceiver.StartGrpcAsync();
        walk.Fill("http://collector:4317", receiver.Address.ToString());
        (await walk.TypeAsync("export OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317")).MustExitWith(0);

        (await walk.ShellAsync("./build.sh Status")).MustExitWith(0);

        Assert.Contains(receiver.Spans, span => span.Name == "belay Status");
    });

    [Fact]
    [Walks("monitoring.md", "Schedules")]
    public Task Schedules() => Walk.RunAsync(world, async walk =>
    {
        var file = Path.Combine(walk.Release.Root, "belay.prom");
        walk.Fill("/srv/app", walk.Release.Root);
        walk.Fill("/var/lib/node_exporter/textfile/belay.prom", file);
        walk.Fill("--database app", $"--database {walk.Release.Database}");
        var line = walk.Take(
            "17 * * * * cd /srv/app && ./build.sh Status --max-age 26h --metrics-file /var/lib/node_exporter/textfile/belay.prom "
                + ">/dev/null");
        (await walk.ShellAsync(line["17 * * * * ".Length..])).MustExitWith(4).MustPrint(" has no proven backup");
        Assert.Contains("belay_status_exit_code 4\n", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);

        await walk.Release.RunAsync("Backup");
        var service = walk.Take(
            "ExecStart=/srv/app/build.sh Status --max-age 26h --metrics-file /var/lib/node_exporter/textfile/belay.prom");
        (await walk.ShellAsync(service["ExecStart=".Length..])).MustExitWith(0);
        Assert.Contains("belay_backup_age_seconds{", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);

        walk.Environment["DATABASE_URL"] = null;
        var step = walk.Take("- run: ./build.sh Status --database app --max-age 26h");
        (await walk.ShellAsync(step["- run: ".Length..])).MustExitWith(0);
    });
}
