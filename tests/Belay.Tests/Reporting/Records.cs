using Belay.Reporting;

namespace Belay.Tests.Reporting;

/// <summary>Runs as they are recorded.</summary>
internal static class Records
{
    public static readonly DateTimeOffset Started = new(2025, 10, 12, 10, 30, 0, TimeSpan.Zero);

    public static ReleaseRecord Succeeded() => new()
    {
        RunId = "1a2b3c",
        Targets = ["Migrate"],
        Actor = new ReleaseActor("ada", "build-7", null),
        Database = "db.example.com:5432/shop",
        StartedUtc = Started,
        FinishedUtc = Started.AddSeconds(2),
        Outcome = ReleaseOutcome.Succeeded,
        ExitCode = 0,
        PreflightFacts = ["PostgreSQL 15.18"],
        Backup = new ReleaseBackup("20251012T103000Z-1a2b3c", "azure://acc/backups", 2048, "readback", Started.AddDays(7)),
        Migrations = [new ReleaseMigration("0001_add_user_analysis_preferences", Started.AddSeconds(1), 0.2)],
        SchemaChanges = ["- column public.a.n smallint", "+ column public.a.n integer"],
        Checks = [new ReleaseCheck("columns exist", true, [])],
        Login = new ReleaseLogin("500 column user.max_reports does not exist", "200 with a valid token", true),
        Steps = [new ReleaseStep("Backup", "Succeeded", 1.1, "2.0 KiB")],
    };

    public static ReleaseRecord Failed() => Succeeded() with
    {
        Outcome = ReleaseOutcome.Failed,
        ExitCode = 8,
        Message = "Verification failed: 1 of 3 checks\n  row 2: expected 5, got 6",
        Hint = "run ./build.sh Verify",
        Migrations = [],
        Checks = [new ReleaseCheck("columns | exist", false, ["row 2: expected 5, got 6", "row 3: expected 5, got 7"])],
        Login = null,
    };
}
