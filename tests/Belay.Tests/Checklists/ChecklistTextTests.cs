using Belay.Backups.Catalogue;
using Belay.Checklists;
using Belay.History;
using Belay.Reporting;
using Belay.Reporting.Facts;
using Belay.Storage;
using Belay.Tests.Backups;
using Belay.Tests.Reporting;

namespace Belay.Tests.Checklists;

public sealed class ChecklistTextTests
{
    private static readonly DateTimeOffset Now = Records.Started.AddDays(1);

    private static ChecklistFacts Nothing { get; } = new()
    {
        NowUtc = Now,
        MaximumAge = TimeSpan.FromMinutes(60),
        DatabaseFault = "DATABASE_URL is not set",
        StoreFault = "BACKUP_STORE is not set",
    };

    [Fact]
    public void What_nobody_saw_is_not_ticked_and_says_why()
        => Assert.Equal(
            [
                "Pre-Migration Checklist",
                "[ ] Backup database (MANDATORY - no exceptions): BACKUP_STORE is not set",
                "[ ] Verify DATABASE_URL environment variable is set: DATABASE_URL is not set",
                "[ ] Ensure PostgreSQL version is 9.5+ (ideally 12+): DATABASE_URL is not set",
                "[ ] Confirm user table exists and has active users: DATABASE_URL is not set",
                "[ ] Review migration SQL script: yours to do",
                "[ ] Schedule migration during low-traffic period (optional but recommended): yours to decide",
                "[ ] Notify team of migration schedule: yours to do; WEBHOOK_URL would tell a chat room when it begins",
                "",
                "Post-Migration Tasks: no release that applied migrations is on record",
            ],
            Texts(Nothing));

    [Fact]
    public void What_was_seen_is_ticked_with_its_evidence()
    {
        var facts = Nothing with
        {
            Database = "db:5432/shop",
            DatabaseFault = null,
            StoreFault = null,
            ServerVersion = new Version(15, 18),
            Sessions = 3,
            Webhooks = 1,
            Pending = ["0002_next.sql"],
            Tables = [("user", true), ("public.orders", true)],
            Newest = Records.Succeeded() with
            {
                Database = "db:5432/shop",
                Notices = ["https://hooks.slack.com/*** was told"],
                Watch = new ReleaseWatch
                {
                    Seconds = 600, Logins = 41, LoginsFailed = 0, Checks = 11, ChecksFailed = 0, DatabaseFailures = 0,
                },
            },
            Applied = [Row],
        };

        Assert.Equal(
            [
                "Pre-Migration Checklist",
                "[ ] Backup database (MANDATORY - no exceptions): the store has no proven backup of it; ./build.sh Backup takes one, and "
                    + "Migrate does before anything else",
                "[x] Verify DATABASE_URL environment variable is set: db:5432/shop answered",
                "[x] Ensure PostgreSQL version is 9.5+ (ideally 12+): PostgreSQL 15.18",
                "[x] Confirm user table exists and has active users: user is there and has rows, public.orders is there and has rows",
                "[ ] Review migration SQL script: yours to do: 0002_next.sql; ./build.sh PlanRelease writes what would run, to be approved",
                "[ ] Schedule migration during low-traffic period (optional but recommended): yours to decide; 3 other sessions now",
                "[ ] Notify team of migration schedule: yours to do; 1 webhook will be told when it begins",
                "",
                "Post-Migration Tasks of the release of 2025-10-12 10:30:02 UTC, succeeded: 0001_add_user_analysis_preferences",
                "[x] Verify authentication works (test login): 500 column user.max_reports does not exist → 200 with a valid token",
                "[ ] Monitor application logs for any errors: watched for 10 min 00 s: 41 logins, 11 runs of the checks; the application's "
                    + "own logs are yours to read",
                "[x] Update team on successful migration: https://hooks.slack.com/*** was told",
                "[x] Document migration timestamp in change log: in the database's history, belay.migration: "
                    + "0001_add_user_analysis_preferences at 2025-10-12 10:30:01 UTC",
                "[ ] Mark this migration as completed in tracking system: the database's own history, belay.migration, has it; other "
                    + "trackers are yours to update",
                "[ ] Keep backup for 7 days before deletion: 20251012T103000Z-1a2b3c is not in the store",
            ],
            Texts(facts));
        Assert.Equal("3 of 7 before, 3 of 6 after the newest release", ChecklistText.Summary(facts));
    }

    [Fact]
    public void A_record_alone_is_no_evidence_of_what_is_gone_since()
    {
        var facts = Nothing with
        {
            Database = "db:5432/shop",
            DatabaseFault = null,
            Pending = [],
            Newest = Records.Succeeded() with
            {
                Outcome = ReleaseOutcome.Failed,
                ExitCode = 9,
                Login = new ReleaseLogin("500", "500", false),
                Notices = ["https://hooks.slack.com/*** was told"],
            },
        };

        var lines = Texts(facts);

        Assert.Contains("[ ] Confirm user table exists and has active users: no migration is pending, so no table is meant", lines);
        Assert.Contains("[ ] Update team on successful migration: https://hooks.slack.com/*** was told", lines);
        Assert.Contains(
            "[ ] Document migration timestamp in change log: 0001_add_user_analysis_preferences is not in the database's history: it was "
                + "taken back, or this is another database",
            lines);
        Assert.Contains(lines, line => line.StartsWith("[ ] Verify authentication works", StringComparison.Ordinal));
        Assert.Contains(
            "[ ] Keep backup for 7 days before deletion: 20251012T103000Z-1a2b3c: the store was not looked at: BACKUP_STORE is not set",
            lines);
    }

    [Fact]
    public void A_release_of_a_database_of_the_same_name_elsewhere_is_told_as_that()
        => Assert.Contains(
            "Post-Migration Tasks of the release of 2025-10-12 10:30:02 UTC on db.example.com:5432/shop, which is not db:5432/shop, "
                + "succeeded: 0001_add_user_analysis_preferences",
            Texts(Nothing with { Database = "db:5432/shop", Newest = Records.Succeeded() }));

    [Fact]
    public void Without_the_name_of_a_database_nobody_says_that_the_store_has_no_backup_of_it()
        => Assert.Contains(
            "[ ] Backup database (MANDATORY - no exceptions): DATABASE_URL is not set", Texts(Nothing with { StoreFault = null }));

    [Fact]
    public void A_backup_is_not_ticked_where_nobody_saw_whether_a_migration_came_after_it()
    {
        var backup = new CatalogBackup
        {
            Manifest = Manifests.Make(Now.AddMinutes(-5)),
            ManifestObject = new StoredObject("a", 1, Now, "1"),
            DumpObject = new StoredObject("b", 4, Now, "1"),
        };
        var facts = Nothing with { Database = "db:5432/shop", StoreFault = null, Backups = [backup], DatabaseFault = "it is away" };
        var begin = $"Backup database (MANDATORY - no exceptions): {backup.Manifest.Id}, 5 min 00 s old, proven by readback";

        Assert.Contains($"[ ] {begin}; whether a migration came after it was not looked at", Texts(facts));
        Assert.Contains($"[x] {begin}", Texts(facts with { DatabaseFault = null }));
    }

    private static AppliedMigration Row => new(
        1, "add_user_analysis_preferences", "", Records.Started.AddSeconds(1), "ann", TimeSpan.FromSeconds(1), "20251012T103000Z-1a2b3c");

    private static IReadOnlyList<string> Texts(ChecklistFacts facts) => [.. ChecklistText.Lines(facts).Select(line => line.Text)];
}
