using Belay.IntegrationTests.Support;
using Build.Tests.Support;

namespace Build.Tests.Monitoring;

public sealed class ChecklistTests(ReleaseWorld world)
{
    [Fact]
    public async Task Ticks_what_is_seen_before_and_after_a_release_and_loses_a_tick_when_its_evidence_goes()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var release = await world.NewReleaseAsync(Token);
        var told = new Dictionary<string, string?> { ["WEBHOOK_URL"] = receiver.Address.ToString() };

        (await release.BuildAsync("Checklist"))
            .MustExitWith(0)
            .MustPrint("[ ] Backup database (MANDATORY - no exceptions): the store has no proven backup of it; ./build.sh Backup takes one")
            .MustPrint("[x] Verify DATABASE_URL environment variable is set: 127.0.0.1:")
            .MustPrint("[x] Ensure PostgreSQL version is 9.5+ (ideally 12+): PostgreSQL ")
            .MustPrint("[x] Confirm user table exists and has active users: user is there and has rows")
            .MustPrint("[ ] Review migration SQL script: yours to do: 0001_add_user_analysis_preferences.sql")
            .MustPrint("Post-Migration Tasks: no release that applied migrations is on record");
        Assert.False(Directory.Exists(Path.Combine(release.Root, "artifacts")));

        (await release.BuildAsync(told, "Migrate")).MustExitWith(0);
        (await release.BuildAsync("Checklist"))
            .MustExitWith(0)
            .MustPrint("[ ] Backup database (MANDATORY - no exceptions): ")
            .MustPrint("; it is older than the newest migration, and Migrate takes another one first")
            .MustPrint("[x] Verify authentication works (test login): 500 column user.clear_previous_anomalies does not exist")
            .MustPrint("[x] Update team on successful migration: http://127.0.0.1:")
            .MustPrint("[x] Document migration timestamp in change log: in the database's history, belay.migration: 0001_")
            .MustPrint("[x] Keep backup for 7 days before deletion: ")
            .MustPrint("2 of 7 before, 4 of 6 after the newest release")
            .MustNotPrint("whr-secret-path");

        await release.RunAsync("Backup");
        (await release.BuildAsync("Checklist")).MustExitWith(0).MustPrint("[x] Backup database (MANDATORY - no exceptions): ");

        // On another machine the record comes from the store.
        Directory.Delete(Path.Combine(release.Root, "artifacts"), recursive: true);
        (await release.BuildAsync("Checklist")).MustExitWith(0).MustPrint("[x] Verify authentication works (test login): ");

        release.StoredFiles.Where(file => file.Contains(".dump", StringComparison.Ordinal)).ToList().ForEach(File.Delete);
        (await release.BuildAsync("Checklist"))
            .MustExitWith(0)
            .MustPrint("[ ] Backup database (MANDATORY - no exceptions): ")
            .MustPrint("[ ] Keep backup for 7 days before deletion: ");

        var nothing = new Dictionary<string, string?> { ["DATABASE_URL"] = null, ["BACKUP_STORE"] = null };
        (await release.BuildAsync(nothing, "Checklist"))
            .MustExitWith(0)
            .MustPrint("[ ] Backup database (MANDATORY - no exceptions): BACKUP_STORE is not set")
            .MustPrint("[ ] Verify DATABASE_URL environment variable is set: DATABASE_URL is not set")
            .MustNotPrint("[x]");
    }
}
