using Build.Tests.Support;

namespace Build.Tests.Releases;

public sealed class MigratorTests(ReleaseWorld world)
{
    [Fact]
    public async Task Runs_another_tool_behind_a_backup_with_verification_and_login_around_it()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var script = Path.Combine(release.Migrations, "0001_add_user_analysis_preferences.sql");

        (await release.BuildAsync("Migrate", "--migrator", "sh -c 'exit 3'", "--skip", "Backup"))
            .MustExitWith(5)
            .MustPrint("No backup lets the migration begin");
        (await release.BuildAsync("Migrate", "--migrator", $"psql -X -v ON_ERROR_STOP=1 -f {script}")).MustExitWith(0)
            .MustPrint("Added column: max_reports")
            .MustPrint("Schema: 4 lines added, 0 removed")
            .MustPrint("VERIFICATION PASSED")
            .MustPrint("Migration completed successfully!");

        Assert.Equal(4, await release.CountNewColumnsAsync());
        Assert.Single(release.Manifests);
        (await release.BuildAsync("Migrate", "--migrator", "sh -c 'echo url=$DATABASE_URL; exit 3'")).MustExitWith(7)
            .MustPrint("ended with exit code 3").MustPrint("The schema is as before").MustPrint("url=***").MustNotPrint("owner-");
        Assert.Equal(2, release.Manifests.Count);
    }

    [Fact]
    public async Task Refuses_a_command_that_cannot_be_read_and_a_dry_run()
    {
        await using var release = await world.NewReleaseAsync(Token);

        (await release.BuildAsync("Migrate", "--migrator", "sh -c 'exit 3"))
            .MustExitWith(2)
            .MustPrint("--migrator must be a command with its quotes closed");
        (await release.BuildAsync("Migrate", "--migrator", "true", "--dry-run"))
            .MustExitWith(2)
            .MustPrint("--dry-run cannot be had with --migrator");
        Assert.Empty(release.StoredFiles);
    }
}
