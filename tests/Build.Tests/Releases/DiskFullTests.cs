using Build.Tests.Support;

namespace Build.Tests.Releases;

/// <summary>A folder store on a file system that is really full.</summary>
public sealed class DiskFullTests(ReleaseWorld world)
{
    [Fact]
    public async Task A_full_disk_fails_the_backup_with_a_hint_leaves_no_half_file_and_the_next_run_succeeds()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Mounts a tmpfs.");
        await using var release = await world.NewReleaseAsync(Token);
        await release.ExecuteAsync(
            "CREATE TABLE noise AS SELECT i AS id, md5(i::text) || md5((-i)::text) AS text FROM generate_series(1, 60000) i; GRANT SELECT "
                + "ON noise TO PUBLIC");

        var outcome = await RunAsync(release);

        Assert.SkipWhen(
            outcome.ExitCode == 77, $"A file system can be mounted neither by this user nor in a namespace of its own:\n{outcome.Output}");
        outcome.MustExitWith(0)
            .MustPrint($"' in file://{release.Store}: the disk is full. Nothing of this object is kept.")
            .MustPrint($"Free space below {release.Store}, or run ./build.sh CleanupBackups to delete expired backups.")
            .MustPrint("first 4\nfilled\nsecond 0\n");
        var files = outcome.Output[(outcome.Output.IndexOf("second 0\n", StringComparison.Ordinal) + 9)..]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [".dump.zst", ".globals.sql", ".manifest.json"],
            files.Select(file => file[file.IndexOf("Z-", StringComparison.Ordinal)..])
                .Select(file => file[file.IndexOf('.', StringComparison.Ordinal)..])
                .Order(StringComparer.Ordinal));
        Assert.Equal(0, await release.CountNewColumnsAsync());
    }

    /// <summary>In a mount namespace of its own, so that the file system is gone with the script, however it ends.</summary>
    private static async Task<BuildOutcome> RunAsync(ReleaseUnderTest release)
    {
        var script = Path.Combine(release.Root, "full.sh");
        await File.WriteAllTextAsync(script, $$"""
            mount -t tmpfs -o size=4m none store || exit 77
            head -c 3m /dev/zero > store/filler
            "{{Repository.BuildScript}}" Backup --compression zstd; echo "first $?"
            echo filled; (cd store && find . -type f ! -name filler ! -name .belay.lock)
            rm store/filler
            "{{Repository.BuildScript}}" Backup --compression zstd >/dev/null 2>&1; echo "second $?"
            (cd store && find . -type f ! -name .belay.lock)
            """, Token);
        var outcome = new BuildOutcome(77, "");
        foreach (var options in (string[][])[["-m"], ["-rm"]])
        {
            using var running = RunningBuild.Start(
                new BuildCommand
                {
                    Script = "unshare",
                    Arguments = [.. options, "sh", script],
                    Folder = release.Root,
                    Environment = release.Environment,
                });
            outcome = await running.EndAsync(Token);
            if (outcome.ExitCode is not (77 or 1))
            {
                return outcome;
            }
        }

        return outcome with { ExitCode = 77 };
    }
}
