using System.Text.Json;
using Belay.Reporting;
using Belay.Reporting.Writing;

namespace Belay.Tests.Reporting.Writing;

public sealed class ReleaseRecordWriterTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("belay-records-");

    private string Artifacts => Path.Combine(folder.FullName, "artifacts");

    [Fact]
    public async Task Writes_the_record_its_renderings_and_a_log_with_one_heading()
    {
        var writer = new ReleaseRecordWriter(Artifacts, new Dictionary<string, string>());

        var files = await writer.WriteAsync(Records.Succeeded(), Token);
        await writer.WriteAsync(Records.Failed() with { FinishedUtc = Records.Started.AddHours(1) }, Token);

        Assert.Equal(
            [
                "RELEASES.md",
                "release-20251012T103002Z.html",
                "release-20251012T103002Z.json",
                "release-20251012T103002Z.junit.xml",
                "release-20251012T103002Z.md",
                "release-20251012T113000Z.html",
                "release-20251012T113000Z.json",
                "release-20251012T113000Z.junit.xml",
                "release-20251012T113000Z.md",
            ],
            Directory.GetFiles(Artifacts).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(6, JsonSerializer.Deserialize<ReleaseRecord>(await ReadAsync(files.Json), ReleaseJson.Options)!.Tasks.Count);
        Assert.Contains("- [x] Verify authentication works", await ReadAsync(files.Markdown), StringComparison.Ordinal);
        var log = (await ReadAsync(writer.LogPath)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, log.Length);
        Assert.Equal("# Releases", log[0]);
        Assert.Contains("| failed (exit 8) |", log[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_both_records_of_two_runs_that_end_in_the_same_second()
    {
        var writer = new ReleaseRecordWriter(Artifacts, new Dictionary<string, string>());

        await writer.WriteAsync(Records.Succeeded(), Token);
        var second = await writer.WriteAsync(Records.Succeeded() with { RunId = "other" }, Token);

        Assert.Equal("release-20251012T103002Z-other.json", Path.GetFileName(second.Json));
        Assert.Equal(9, Directory.GetFiles(Artifacts).Length);
    }

    [Fact]
    public async Task A_rendering_that_cannot_be_written_is_told_and_leaves_the_record_and_the_others()
    {
        Directory.CreateDirectory(Path.Combine(Artifacts, "release-20251012T103002Z.html", "in the way"));
        var told = new List<string>();
        var writer = new ReleaseRecordWriter(Artifacts, new Dictionary<string, string>()) { Unrendered = (path, _) => told.Add(path) };

        var files = await writer.WriteAsync(Records.Succeeded(), Token);

        Assert.Equal([files.Html], told);
        Assert.True(File.Exists(files.Json));
        Assert.True(File.Exists(files.JUnit));
    }

    [Fact]
    public async Task Appends_the_page_to_GitHubs_step_summary()
    {
        var summary = Path.Combine(folder.FullName, "summary.md");
        await File.WriteAllTextAsync(summary, "before\n", Token);
        var writer = new ReleaseRecordWriter(Artifacts, new Dictionary<string, string> { ["GITHUB_STEP_SUMMARY"] = summary });

        var files = await writer.WriteAsync(Records.Succeeded(), Token);

        Assert.Equal("before\n" + await ReadAsync(files.Markdown), await ReadAsync(summary));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static Task<string> ReadAsync(string path) => File.ReadAllTextAsync(path, Token);
}
