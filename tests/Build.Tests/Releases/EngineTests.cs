using Build.Tests.Support;

namespace Build.Tests.Releases;

/// <summary>What must be alike on every engine, and what an engine must not leave in a checkout.</summary>
public sealed class EngineTests(ReleaseWorld world)
{
    [Fact]
    public async Task The_first_line_names_the_engine_that_the_package_set_has()
    {
        await using var release = await world.NewReleaseAsync(Token);

        var outcome = await release.BuildAsync("Status");

        var engine = Repository.IsOnStandIn ? "the stand-in for NUKE 10.1.0" : "NUKE 10.1.0";
        outcome.MustExitWith(0);
        var lines = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("Compiling", StringComparison.Ordinal));
        Assert.Equal($"Belay 0.1.0 on {engine}", lines.First());
        (await release.BuildAsync("Status", "--no-logo")).MustExitWith(0).MustNotPrint("on NUKE").MustNotPrint("for NUKE");
    }

    [Fact]
    public async Task A_plan_says_what_would_run_and_runs_nothing()
    {
        await using var release = await world.NewReleaseAsync(Token);

        (await release.BuildAsync("Migrate", "--plan", "--skip", "Verify")).MustExitWith(0).MustPrint(
            """
            Execution plan:

               1  Preflight   needed by Backup
               2  Backup      needed by Migrate; only when not in a dry run; only when a migration is pending
               3  Migrate     invoked
               -  Verify      skipped via parameter
               4  SmokeTest   triggered by Migrate; only when not in a dry run
            """);

        Assert.Empty(release.StoredFiles);
        Assert.Equal(0, await release.CountNewColumnsAsync());
        Assert.False(Directory.Exists(Path.Combine(release.Root, "artifacts")));
    }

    [Fact]
    public async Task A_command_runs_beside_another_one_of_the_same_checkout()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await File.WriteAllTextAsync(Path.Combine(release.Migrations, "0002_slow.sql"), "SELECT pg_sleep(600);\n", Token);
        using var running = release.Start("Migrate");
        await running.UntilPrintedAsync("[4/6]", Token);

        (await release.BuildAsync("Status")).MustExitWith(0).MustPrint("0002_slow");
        (await release.BuildAsync("--help")).MustExitWith(0);

        running.Signal(System.Runtime.InteropServices.PosixSignal.SIGTERM);
        (await running.EndAsync(Token)).MustExitWith(143);
    }

    [Fact]
    public async Task A_run_leaves_nothing_of_the_engine_in_the_checkout_and_sweeps_what_a_killed_run_left()
    {
        await using var release = await world.NewReleaseAsync(Token);
        const string Parameters = """{ "$schema": "./build.schema.json" }""";
        await File.WriteAllTextAsync(Path.Combine(release.Root, ".nuke", "parameters.json"), Parameters, Token);
        using (var running = release.Start("Backup", "--smoke-deadline", "1s"))
        {
            await running.UntilPrintedAsync("Preflight", Token);
            running.KillHard();
            await running.EndAsync(Token);
        }

        Assert.Single(EngineFolders(release));
        (await release.BuildAsync("Status")).MustExitWith(0);

        Assert.Empty(EngineFolders(release));
        Assert.Equal(
            ["parameters.json", "temp"],
            Directory.EnumerateFileSystemEntries(Path.Combine(release.Root, ".nuke")).Select(Path.GetFileName).Order());
        Assert.Equal(Parameters, await File.ReadAllTextAsync(Path.Combine(release.Root, ".nuke", "parameters.json"), Token));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(release.Root, ".nuke", "temp")));
    }

    [Fact]
    public async Task A_checkout_whose_temporary_folder_cannot_be_made_still_tells_its_status()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await File.WriteAllTextAsync(Path.Combine(release.Root, ".nuke", "temp"), "in the way", Token);

        (await release.BuildAsync("Status")).MustExitWith(0).MustPrint("0 applied, 1 pending");
    }

    [Fact]
    public async Task Output_that_cannot_be_written_does_not_end_a_run()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no device that is always full.");
        await using var release = await world.NewReleaseAsync(Token);
        var command = new BuildCommand
        {
            Script = "sh",
            Arguments = ["-c", "exec \"$0\" Migrate >/dev/full 2>&1", Repository.BuildScript],
            Folder = release.Root,
            Environment = release.Environment,
        };
        using var running = RunningBuild.Start(command);

        (await running.EndAsync(Token)).MustExitWith(0);

        Assert.Single(Directory.EnumerateFiles(Path.Combine(release.Root, "artifacts"), "release-*.json"));
        Assert.Equal(4, await release.CountNewColumnsAsync());
    }

    private static IEnumerable<string> EngineFolders(ReleaseUnderTest release)
        => Directory.EnumerateDirectories(Path.Combine(release.Root, ".nuke", "temp"), "engine-*");
}
