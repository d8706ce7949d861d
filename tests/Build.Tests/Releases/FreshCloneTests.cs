using Build.Tests.Support;

namespace Build.Tests.Releases;

[Long]
public sealed class FreshCloneTests
{
    [Fact]
    public async Task A_fresh_clone_releases_to_the_local_profile_whatever_the_environment_names_and_then_has_nothing_to_migrate()
    {
        await using var clone = await RepositoryCopy.CreateAsync(Token);

        var first = await clone.BuildAsync("Migrate", "--profile", "local");
        first.MustExitWith(0)
            .MustPrint("[1/6]").MustPrint("[2/6]").MustPrint("[3/6]").MustPrint("[4/6]").MustPrint("[5/6]").MustPrint("[6/6]")
            .MustPrint("PostgreSQL version: PostgreSQL ")
            .MustPrint("Existing columns: 0 out of 4")
            .MustPrint("Will add: clear_previous_anomalies, max_reports, max_templates, show_clear_warning")
            .MustPrint("NOTICE:  Added column: clear_previous_anomalies")
            .MustPrint("NOTICE:  Migration verification: 4 out of 4 columns exist")
            .MustPrint("NOTICE:  SUCCESS: All 4 columns have been added successfully!")
            .MustPrint("after the rollbacks the schema is as before the migrations")
            .MustPrint("login API on the copy: login 200 with a valid token, with a wrong password 401")
            .MustPrint("SUCCESS: Migration executed successfully!")
            .MustPrint("All 4 columns verified successfully:")
            .MustPrint("  clear_previous_anomalies       boolean         DEFAULT true                 NO")
            .MustPrint("  max_reports                    integer         DEFAULT 5                    NO")
            .MustPrint("VERIFICATION PASSED")
            .MustPrint("Total users in database: 15")
            .MustPrint("500 column user.clear_previous_anomalies does not exist → 200 with a valid token");

        var second = await clone.BuildAsync("Migrate", "--profile", "local");
        second.MustExitWith(0).MustPrint("Nothing to migrate: 1 applied");

        await IgnoresTheSettingsOfAProductionDatabaseAsync(clone);
        Assert.Empty(clone.LeftoverProcesses());
    }

    private static async Task IgnoresTheSettingsOfAProductionDatabaseAsync(RepositoryCopy clone)
    {
        var production = new Dictionary<string, string?>
        {
            ["DATABASE_URL"] = "postgresql://owner:hunter2hunter2@production.invalid/app",
            ["BACKUP_STORE"] = "https://production.blob.core.windows.net/backups?sig=hunter3hunter3",
            ["SMOKE_URL"] = "https://production.invalid/login",
        };

        var status = await clone.BuildAsync(production, "Status", "--profile", "local");

        status.MustExitWith(0)
            .MustPrint("Ignored with --profile local: DATABASE_URL, BACKUP_STORE, SMOKE_URL")
            .MustPrint("0001_add_user_analysis_preferences").MustPrint("restored")
            .MustNotPrint("production.").MustNotPrint("hunter");
    }
}
