using System.Text.Json;
using Build.Tests.Support;

namespace Build.Tests.Monitoring;

public sealed class StatusTests(ReleaseWorld world)
{
    [Fact]
    public async Task Status_prints_itself_alone_as_json_and_leaves_metrics_as_a_release_does()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var metrics = Path.Combine(release.Root, "belay.prom");

        (await release.BuildAsync("Migrate", "--metrics-file", metrics)).MustExitWith(0);
        var ofRelease = await File.ReadAllTextAsync(metrics, Token);
        Exposition.MustBeValid(ofRelease);
        Assert.Contains("belay_backup_proof_level{database=\"" + release.Database + "\"} 2\n", ofRelease, StringComparison.Ordinal);
        foreach (var step in new[] { "Preflight", "Backup", "Migrate", "Verify", "SmokeTest" })
        {
            Assert.Contains($",step=\"{step}\"}} ", ofRelease, StringComparison.Ordinal);
        }

        var status = (await release.BuildAsync("Status", "--output", "json", "--metrics-file", "belay.prom")).MustExitWith(0);
        using var document = JsonDocument.Parse(DocumentIn(status.Output));
        var root = document.RootElement;
        Assert.Equal(1, root.GetProperty("format").GetInt32());
        Assert.Equal("applied", root.GetProperty("migrations")[0].GetProperty("state").GetString());
        Assert.True(root.GetProperty("backups")[0].GetProperty("isProven").GetBoolean());
        var both = await File.ReadAllTextAsync(metrics, Token);
        Exposition.MustBeValid(both);
        Assert.Contains("belay_status_exit_code 0\n", both, StringComparison.Ordinal);
        Assert.Contains(",step=\"Migrate\"} ", both, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_that_fails_says_so_in_its_json_and_its_metrics_and_a_missing_folder_is_refused_first()
    {
        await using var release = await world.NewReleaseAsync(Token);

        var status = await release.BuildAsync("Status", "--max-age", "26h", "--output", "json", "--metrics-file", "belay.prom");
        status.MustExitWith(4);
        using var document = JsonDocument.Parse(DocumentIn(status.Output));
        Assert.Equal($"{release.Database} has no proven backup", document.RootElement.GetProperty("message").GetString());
        Assert.Equal(4, document.RootElement.GetProperty("exitCode").GetInt32());
        Assert.Equal("pending", document.RootElement.GetProperty("migrations")[0].GetProperty("state").GetString());
        var text = await File.ReadAllTextAsync(Path.Combine(release.Root, "belay.prom"), Token);
        Assert.Contains("belay_status_exit_code 4\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("belay_backup_age_seconds", text, StringComparison.Ordinal);

        (await release.BuildAsync("Migrate", "--metrics-file", "missing/belay.prom"))
            .MustExitWith(2)
            .MustPrint("--metrics-file is \"missing/belay.prom\": it must be a file in a folder that is there");
        Assert.Empty(release.StoredFiles);
    }

    private static string DocumentIn(string output)
    {
        var start = output.IndexOf("{\n  \"format\"", StringComparison.Ordinal);
        return output[start..(output.IndexOf("\n}\n", start, StringComparison.Ordinal) + 2)];
    }
}
