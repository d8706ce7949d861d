using Build.Tests.Support;

namespace Build.Tests.Releases;

public sealed class DryRunTests(ReleaseWorld world)
{
    [Fact]
    public async Task Needs_neither_store_nor_login_and_leaves_nothing()
    {
        await using var release = await world.NewReleaseAsync(Token);
        var without = new Dictionary<string, string?>
        {
            ["BACKUP_STORE"] = null,
            ["SMOKE_URL"] = null,
            ["SMOKE_USERNAME"] = null,
            ["SMOKE_PASSWORD"] = null,
        };

        (await release.BuildAsync(without, "Migrate", "--dry-run")).MustExitWith(0)
            .MustPrint("NOTICE:  Added column: max_reports")
            .MustPrint("0001_add_user_analysis_preferences.sql would pass")
            .MustPrint("Rolled back: database as before.")
            .MustPrint("not in a dry run")
            .MustPrint("Dry run completed: nothing was kept")
            .MustNotPrint("Migration completed successfully!");

        Assert.Equal(0, await release.CountNewColumnsAsync());
        Assert.False((bool)(await release.ScalarAsync("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'belay')"))!);
        Assert.Empty(release.StoredFiles);
    }

    [Fact]
    public async Task Ends_with_6_and_the_statement_when_the_release_would_fail()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await File.WriteAllTextAsync(
            Path.Combine(release.Migrations, "0002_broken.sql"), "SELECT 1;\nSELECT 1/0;\n", Token);

        (await release.BuildAsync("Migrate", "--dry-run"))
            .MustExitWith(6)
            .MustPrint("0002_broken.sql:2:1: ERROR: division by zero")
            .MustPrint("Dry run: rolled back, database as before.");
        Assert.Equal(0, await release.CountNewColumnsAsync());
    }

    [Fact]
    public async Task Tries_a_rollback_without_confirmation_and_keeps_the_migration()
    {
        await using var release = await world.NewReleaseAsync(Token);
        await release.RunAsync("Migrate");

        (await release.BuildAsync("Rollback", "--dry-run")).MustExitWith(0)
            .MustPrint("DANGER")
            .MustPrint("0001_add_user_analysis_preferences would be rolled back; the dry run was rolled back itself, database as before");

        Assert.Equal(4, await release.CountNewColumnsAsync());
        Assert.Single(release.Manifests);
        (await release.BuildAsync("Status")).MustExitWith(0).MustPrint("1 applied, 0 pending");
    }
}
