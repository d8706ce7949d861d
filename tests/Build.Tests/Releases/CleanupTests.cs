using System.Text.RegularExpressions;
using Build.Tests.Support;

namespace Build.Tests.Releases;

/// <summary>CleanupBackups as it is typed.</summary>
public sealed class CleanupTests(ReleaseWorld world)
{
    [Fact]
    public async Task Tells_the_same_in_every_time_zone_and_does_what_the_dry_run_told()
    {
        await using var release = await world.NewReleaseAsync(Token);
        foreach (var age in new[] { 40.02, 20.02, 7.1, 6.9 })
        {
            await release.TakeBackupAsync(TimeSpan.FromDays(age));
        }

        await release.RunAsync("Backup");
        string[] command = ["CleanupBackups", "--keep-monthly", "1", "--keep-weekly", "2"];
        var told = await LinesAsync(release, "UTC", [.. command, "--dry-run"]);
        Assert.Equal(6, told.Count);
        foreach (var zone in new[] { "Pacific/Apia", "America/New_York", "Asia/Kathmandu" })
        {
            Assert.Equal(told, await LinesAsync(release, zone, [.. command, "--dry-run"]));
        }

        Assert.Equal(15, release.StoredFiles.Count);
        var done = await LinesAsync(release, "Pacific/Apia", command);
        Assert.Equal(told.SkipLast(1), done.SkipLast(1));
        Assert.Matches("^Dry run: would delete [0-9]+, freeing ([0-9.]+ KiB), and keep [0-9]+\\.$", told[^1]);
        Assert.Equal(
            told[^1]
                .Replace("Dry run: would delete", "Deleted", StringComparison.Ordinal)
                .Replace("freeing", "freed", StringComparison.Ordinal)
                .Replace("and keep", "kept", StringComparison.Ordinal), done[^1]);
        Assert.Equal(done.Count(line => line.StartsWith("Keep ", StringComparison.Ordinal)), release.Manifests.Count);
    }

    [Theory]
    [InlineData("--retention-days", "0")]
    [InlineData("--retention-days", "-1")]
    [InlineData("--keep-last", "-1")]
    [InlineData("--keep-weekly", "-1")]
    [InlineData("--keep-monthly", "-1")]
    public async Task Refuses_a_policy_that_keeps_nothing_and_deletes_nothing(string parameter, string value)
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.TakeBackupAsync(TimeSpan.FromDays(20));
        await release.TakeBackupAsync(TimeSpan.FromDays(10));
        (await release.BuildAsync("CleanupBackups", parameter, value)).MustExitWith(2).MustPrint(parameter).MustPrint("Hint: ");
        Assert.Equal(6, release.StoredFiles.Count);
    }

    [Fact]
    public async Task A_backup_from_the_future_stops_the_next_backup()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var future = await release.TakeBackupAsync(TimeSpan.FromDays(-2));
        (await release.BuildAsync("Backup")).MustExitWith(4)
            .MustPrint($"The newest backup of {release.Database} in file://{release.Store} began at ")
            .MustPrint(": a clock is wrong. Nothing was dumped.")
            .MustPrint($"delete {release.Database}/{future.Id}.* by hand");
        Assert.Equal(3, release.StoredFiles.Count);
    }

    /// <summary>What the target printed of backups; ages are told in hours, and half an hour is left in each.</summary>
    private static async Task<IReadOnlyList<string>> LinesAsync(ReleaseUnderTest release, string zone, string[] command)
    {
        var outcome = await release.BuildAsync(new Dictionary<string, string?> { ["TZ"] = zone }, command);
        return [
            .. Regex.Matches(outcome.MustExitWith(0).Output, "(?:Keep|Delete|Dry run:|Deleted) .*(?=\\r?\\n)")
                .Select(match => match.Value)
                .Take(6),
        ];
    }
}
