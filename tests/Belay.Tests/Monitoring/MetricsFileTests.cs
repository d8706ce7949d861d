using Belay.Monitoring;
using Belay.Tests.Support;
using CliWrap;

namespace Belay.Tests.Monitoring;

public sealed class MetricsFileTests : IDisposable
{
    private readonly string folder = TestFolder.New("metrics");

    private string Path => System.IO.Path.Combine(folder, "belay.prom");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Every_line_keeps_to_the_grammar_whatever_a_name_holds()
    {
        _ = new Secret("mts-secret-7f2c");
        const string Name = "a\"b\\c\nd{}=,\u202e mts-secret-7f2c ü";
        await WriteAsync([
            new Metric(MetricNames.BackupSize, "Size\\of\nit.", [Sample(Name, 2048), Sample("ok", 0.5)]),
            new Metric(MetricNames.BackupAge, "Nothing.", []),
        ]);

        Assert.Equal(
            """
            # HELP belay_backup_size_bytes Size\\of\nit.
            # TYPE belay_backup_size_bytes gauge
            belay_backup_size_bytes{database="a\"b\\c\nd{}=,\\u202e *** ü"} 2048
            belay_backup_size_bytes{database="ok"} 0.5

            """,
            await File.ReadAllTextAsync(Path, Token),
            ignoreLineEndingDifferences: true);
        Exposition.MustBeValid(await File.ReadAllTextAsync(Path, Token));
    }

    [Fact]
    public async Task What_is_not_written_now_stays_and_so_does_what_is_of_another_database()
    {
        await WriteAsync([
            new Metric(MetricNames.BackupSize, "Size.", [Sample("quo\"ted", 1), Sample("b", 2)]),
            Of(MetricNames.Backups, 3),
        ]);
        await WriteAsync([new Metric(MetricNames.BackupSize, "Size.", [Sample("b", 5)]), Of(MetricNames.ReleaseExitCode, 0)]);

        Assert.Equal(
            [
                "belay_backup_size_bytes{database=\"quo\\\"ted\"} 1",
                "belay_backup_size_bytes{database=\"b\"} 5",
                "belay_backups{database=\"b\"} 3",
                "belay_release_exit_code{database=\"b\"} 0",
            ],
            await ValuesAsync());

        await new MetricsFile(Path, TimeProvider.System).WriteAsync([Of(MetricNames.StatusExitCode, 4)], MetricNames.OfStatus, Token);
        Assert.Equal(["belay_release_exit_code{database=\"b\"} 0", "belay_status_exit_code{database=\"b\"} 4"], await ValuesAsync());
    }

    [Fact]
    public async Task A_name_that_looks_like_the_head_of_a_metric_stays_whole()
    {
        const string Line = "belay_backup_size_bytes{database=\"a# HELP belay_backups b\"} 1";
        await WriteAsync([new Metric(MetricNames.BackupSize, "Size.", [Sample("a# HELP belay_backups b", 1)])]);

        await WriteAsync([Of(MetricNames.ReleaseExitCode, 0)]);

        Assert.Equal([Line, "belay_release_exit_code{database=\"b\"} 0"], await ValuesAsync());
    }

    [Fact]
    public async Task A_file_of_somebody_else_is_replaced_and_everybody_may_read_the_new_one()
    {
        await File.WriteAllTextAsync(
            Path, "# HELP node_load1 x\n# TYPE node_load1 gauge\nnode_load1 3\n# HELP belay_backups\n\0garbage", Token);

        await WriteAsync([Of(MetricNames.Backups, 3)]);

        Assert.Equal(["belay_backups{database=\"b\"} 3"], await ValuesAsync());
        Assert.Equal([".belay.prom.lock", "belay.prom"], Directory.GetFiles(folder).Select(System.IO.Path.GetFileName).Order());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                File.GetUnixFileMode(Path));
        }
    }

    [Fact]
    public async Task What_was_meant_for_something_else_is_not_overwritten()
    {
        const string Overwritten = "it is there and is no file of metrics, which would be overwritten";
        await File.WriteAllTextAsync(Path, "CREATE TABLE a ();", Token);
        Assert.Equal(Overwritten, MetricsFile.FaultOf(Path));
        await File.WriteAllTextAsync(Path, "", Token);
        Assert.Equal(Overwritten, MetricsFile.FaultOf(Path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(Overwritten, MetricsFile.FaultOf("/dev/null"));
        }

        const string NoFile = "it must be a file in a folder that is there";
        Assert.Equal(NoFile, MetricsFile.FaultOf(folder));
        Assert.Equal(NoFile, MetricsFile.FaultOf(System.IO.Path.Combine(folder, "missing", "belay.prom")));
        File.Delete(Path);
        Assert.Null(MetricsFile.FaultOf(Path));
        await WriteAsync([Of(MetricNames.Backups, 3)]);
        Assert.Null(MetricsFile.FaultOf(Path));
    }

    [Fact]
    public async Task A_file_that_cannot_take_its_place_leaves_nothing_beside_it()
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "full"));

        await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync([Of(MetricNames.Backups, 3)]));

        Assert.Equal([".belay.prom.lock"], Directory.GetFiles(folder).Select(System.IO.Path.GetFileName));
    }

    [Fact]
    public async Task Runs_that_write_in_the_same_moment_lose_no_lines_of_each_other()
    {
        await Task.WhenAll(Enumerable.Range(1, 8).Select(number => Task.Run(
            () => new MetricsFile(Path, TimeProvider.System).WriteAsync(
                [new Metric(MetricNames.Backups, "Help.", [Sample($"database{number}", number)])], [], Token), Token)));

        Assert.Equal(
            Enumerable.Range(1, 8).Select(number => $"belay_backups{{database=\"database{number}\"}} {number}"),
            (await ValuesAsync()).Order());
    }

    [Fact]
    public async Task A_pipe_is_no_file_of_metrics_and_is_not_waited_for()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no pipes among its files.");
        }

        await Cli.Wrap("mkfifo").WithArguments(Path).ExecuteAsync(Token);

        Assert.Equal("it is there and is no file of metrics, which would be overwritten", MetricsFile.FaultOf(Path));
    }

    private static Metric Of(string name, double value) => new(name, "Help.", [Sample("b", value)]);

    private static MetricSample Sample(string database, double value) => new([("database", database)], value);

    private Task WriteAsync(IReadOnlyList<Metric> metrics) => new MetricsFile(Path, TimeProvider.System).WriteAsync(metrics, [], Token);

    private async Task<IEnumerable<string>> ValuesAsync()
        => (await File.ReadAllLinesAsync(Path, Token)).Where(line => !line.StartsWith('#'));
}
