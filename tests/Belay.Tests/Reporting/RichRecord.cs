using Belay.Migrations.Observation;
using Belay.Reporting;
using Belay.Reporting.Facts;

namespace Belay.Tests.Reporting;

/// <summary>A record with something in every place, and foreign texts that mean harm.</summary>
internal static class RichRecord
{
    public const string Script = "<script>document.title = 'harmed'</script><img src=nothing-here onerror=alert(1)>";
    public const string Arabic = "إضافة أعمدة الجدول";

    public static ReleaseRecord Succeeded()
    {
        var record = Records.Succeeded();
        return record with
        {
            Source = new ReleaseSource("3f9c2a7d5be1c40d9d2e8a5b7c6f1e0a9b8c7d6e", "v2.14.0", false),
            Versions = new ReleaseVersions
            {
                Belay = "0.1.0",
                Server = "PostgreSQL 15.18 (Debian 15.18-0+deb12u1) on x86_64-pc-linux-gnu, compiled by gcc 12.2.0, 64-bit",
                Tools = "15.18",
                Runtime = ".NET 10.0.9",
                OperatingSystem = "Debian GNU/Linux 12",
            },
            Actor = new ReleaseActor("ada", "build-7", "https://github.example/shop/actions/runs/4711"),
            Settings = new SortedDictionary<string, string> { ["max-backup-age"] = "60min", ["proof-level"] = "restored" },
            Standing = "db.example.com:5432/shop is committed up to 0002_seats, which is in force",
            NextSteps =
            [
                "./build.sh Rollback --dry-run shows what the rollback scripts would take back and lose",
                "./build.sh Restore --backup 20251012T103000Z-1a2b3c --dry-run shows what going back to the backup would lose",
            ],
            Findings =
            [
                new ReleaseFinding("warning", "An index on \"user\" is invalid", "REINDEX INDEX user_email"),
                new ReleaseFinding("information", "The database was released to 12 times", null),
            ],
            Backup = record.Backup! with
            {
                Database = "shop",
                Server = "10.2.0.7:5432",
                ObjectName = "shop/20251012T103000Z-1a2b3c.dump.zst",
                Sha256 = new string('a', 64),
                SnapshotUtc = Records.Started,
                EndedUtc = Records.Started.AddSeconds(1),
                TablesCounted = 42,
                Evidence =
                [
                    new ReleaseProof("transport", Records.Started, ["pg_dump ended with 0", "the list has all 42 tables"], 0.8),
                    new ReleaseProof("readback", Records.Started, ["SHA-256 equal over 2048 bytes"], 0.2),
                ],
            },
            Gate = "backup 20251012T103000Z-1a2b3c of shop on 10.2.0.7:5432, 0.4 s old, proven by readback",
            Steps =
            [
                Step("Preflight", "Succeeded", (0, 0.4), "2 migrations pending, 12 applied"),
                Step("Backup", "Succeeded", (0.5, 9.1), "20251012T103000Z-1a2b3c, 2.0 KiB, proven by readback"),
                Step("Migrate", "Succeeded", (9.7, 30.6), "2 migrations applied"),
                Step("Verify", "Succeeded", (40.4, 0.1), "2 checks passed"),
                Step("SmokeTest", "Succeeded", (40.6, 0.3), "login 500 → 200"),
            ],
            Scripts = [First, Second],
            Checks =
            [
                Check(true, "columns exist with correct definitions"),
                Check(true, $"{Arabic} {Script}"),
                Check(true, "total users") with
                {
                    IsReport = true, Expected = [], Columns = ["total_users"], Actual = [["15"]], ActualCount = 1,
                },
            ],
            Risks = ["1 risk, none of them accepted", "0002_seats.sql:3 UPDATE: every row of \"user\" is written"],
            Tasks = ReleaseTasks.For(record, "RELEASES.md"),
            Link = new RecordLink(42, new string('b', 64), new string('c', 64)),
            Seal = new RecordSeal("sha256:36cfe62c67a96353", "ECDSA-P256-SHA256", "MEQ="),
        };
    }

    public static ReleaseRecord Failed() => Succeeded() with
    {
        Outcome = ReleaseOutcome.Failed,
        ExitCode = 6,
        Message = "0003_drop.sql:12:1: 42703: column \"nickname\" does not exist\n  12 | UPDATE \"user\" SET nickname = NULL\n"
            + $"     |                   ^\nRolled back: database as before. {Script}",
        Hint = "correct 0003_drop.sql, then ./build.sh Migrate",
        NextSteps = ["correct 0003_drop.sql, then ./build.sh Migrate"],
        Scripts = [First, Second with { Completed = false, Attempts = 1 }],
        Checks = [Check(false, "every user has the default values"), Check(true, "columns exist with correct definitions")],
        Steps =
        [
            Step("Preflight", "Succeeded", (0, 0.4), "2 migrations pending, 12 applied"),
            Step("Backup", "Succeeded", (0.5, 9.1), "20251012T103000Z-1a2b3c, 2.0 KiB, proven by readback"),
            Step("Migrate", "Failed", (9.7, 30.6), null),
        ],
        Login = new ReleaseLogin("500 column user.max_reports does not exist", null, false),
        Tasks = [],
    };

    private static TracedScript First => new()
    {
        FileName = "0001_add_user_analysis_preferences.sql",
        Completed = true,
        StartedUtc = Records.Started.AddSeconds(25),
        Seconds = 0.3,
        Statements =
        [
            new TracedStatement
            {
                Line = 1,
                Sql = "ALTER TABLE \"user\"\n    ADD COLUMN max_reports integer NOT NULL DEFAULT 5,\n    ADD COLUMN max_templates integer",
                Seconds = 0.1,
                Completed = true,
                Notices = [$"NOTICE: {Script}", $"NOTICE: {Arabic}"],
            },
        ],
    };

    private static TracedScript Second => new()
    {
        FileName = $"0002_{new string('v', 180)}.sql",
        Completed = true,
        StartedUtc = Records.Started.AddSeconds(26),
        Seconds = 14.1,
        Attempts = 8,
        LockWaits =
        [
            "0002_seats.sql:3 waits for a lock held by pid 4711 (reports, active, for 12.1 s); 3 sessions wait behind it",
            "0002_seats.sql got its locks after 12.0 s, 8 attempts",
        ],
        Statements =
        [
            new TracedStatement { Line = 3, Sql = "UPDATE \"user\" SET seats = 2", Seconds = 1.9, Completed = true, Rows = 15 },
            new TracedStatement { Line = 4, Sql = $"SELECT '{new string('x', 400)}'", Seconds = 0.1, Completed = false },
        ],
    };

    private static ReleaseStep Step(string name, string status, (double From, double Seconds) time, string? fact)
        => new(name, status, time.Seconds, fact) { StartedUtc = Records.Started.AddSeconds(time.From) };

    private static ReleaseCheck Check(bool passed, string title)
        => new(title, passed, passed ? [] : ["row 2, max_reports: expected 5, got 6"])
        {
            File = "0001_add_user_analysis_preferences.verify.sql",
            Line = 7,
            Sql = "SELECT column_name, data_type, column_default, is_nullable\nFROM information_schema.columns",
            Expected = ["max_reports | integer | 5 | NO", "max_templates | integer | 5 | NO"],
            Columns = ["column_name", "data_type", "column_default", "is_nullable"],
            Actual = [["max_reports", "integer", passed ? "5" : "6", "NO"], ["max_templates", "integer", "5", "NO"]],
            ActualCount = 2,
        };
}
