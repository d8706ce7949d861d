using Build.Tests.Support;

namespace Build.Tests.Releases;

/// <summary>Every way to drop the dependency on Backup ends at the gate, exit 5, with the database untouched.</summary>
public sealed class GateTests(ReleaseWorld world)
{
    [Theory]
    [InlineData("Migrate", "--skip", "Backup")]
    [InlineData("Migrate", "--skip", "backup", "preflight")]
    [InlineData("Migrate", "--skip")]
    public async Task Refuses_when_the_backup_is_skipped_on_the_command_line(params string[] arguments)
    {
        await using var release = await world.NewReleaseAsync(TestContext.Current.CancellationToken);

        var outcome = await release.BuildAsync(arguments);

        outcome.MustExitWith(5).MustPrint("No backup lets the migration begin").MustPrint("Hint: ").MustPrint("./build.sh Backup");
        Assert.Equal(0, await release.CountNewColumnsAsync());
        Assert.Empty(release.Manifests);
    }

    [Theory]
    [InlineData("SKIP")]
    [InlineData("NUKE_SKIP")]
    public async Task Refuses_when_the_backup_is_skipped_by_the_environment(string variable)
    {
        await using var release = await world.NewReleaseAsync(TestContext.Current.CancellationToken);

        var outcome = await release.BuildAsync(new Dictionary<string, string?> { [variable] = "Backup" }, "Migrate");

        outcome.MustExitWith(5);
        Assert.Equal(0, await release.CountNewColumnsAsync());
    }

    [Fact]
    public async Task Refuses_when_the_backup_is_skipped_by_the_parameters_file()
    {
        await using var release = await world.NewReleaseAsync(TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(release.Root, ".nuke", "parameters.json"), """{ "Skip": ["Backup"] }""", TestContext.Current.CancellationToken);

        var outcome = await release.BuildAsync("Migrate");

        outcome.MustExitWith(5);
        Assert.Equal(0, await release.CountNewColumnsAsync());
    }

    [Fact]
    public async Task Accepts_a_backup_that_an_earlier_job_took_and_refuses_it_after_one_flipped_byte()
    {
        await using var release = await world.NewReleaseAsync(TestContext.Current.CancellationToken);
        (await release.BuildAsync("Backup")).MustExitWith(0).MustPrint("readback");
        var manifest = Assert.Single(release.Manifests);
        var kept = await File.ReadAllBytesAsync(manifest, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            manifest,
            (await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken)).Replace("\"lastMigration\"", "\"lastMigratiom\"", StringComparison.OrdinalIgnoreCase),
            TestContext.Current.CancellationToken);

        (await release.BuildAsync("Migrate", "--skip", "Backup")).MustExitWith(5);
        Assert.Equal(0, await release.CountNewColumnsAsync());

        await File.WriteAllBytesAsync(manifest, kept, TestContext.Current.CancellationToken);
        (await release.BuildAsync("Migrate", "--skip", "Backup")).MustExitWith(0);
        Assert.Equal(4, await release.CountNewColumnsAsync());
    }
}
