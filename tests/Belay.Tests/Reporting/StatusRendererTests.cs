using Belay.Reporting;
using Belay.Schema;

namespace Belay.Tests.Reporting;

public sealed class StatusRendererTests
{
    private static readonly DateTimeOffset Now = Records.Started;

    [Fact]
    public void Shows_migrations_and_backups_with_their_end()
        => Assert.Equal(
            [
                "Database: db:5432/shop",
                "",
                "Migrations: 1 applied, 1 pending",
                "+--------------+---------------------------------+----------+",
                "| Migration    | State                           | Remark   |",
                "|--------------+---------------------------------+----------|",
                "| 0001_add     | applied 2025-10-12 10:30:00 UTC |          |",
                "| 0002_indexes | pending                         | no check |",
                "+--------------+---------------------------------+----------+",
                "",
                "Backups: 3, 3.0 KiB in all",
                "+--------+----------+---------+---------+---------+----------+-------------------------------+---------+",
                "| Backup | Database | Server  | Age     | Size    | Proof    | Deleted                       | Remark  |",
                "|--------+----------+---------+---------+---------+----------+-------------------------------+---------|",
                "| b3     | shop     | db:5432 | 1.0 s   | 1.0 KiB | restored | after 2025-10-13 10:30:00 UTC |         |",
                "| b2     | other    |         | 2 d 0 h | 1.0 KiB | readback | never                         | on hold |",
                "| b1     |          |         | 9 d 0 h | 1.0 KiB | none     | at the next cleanup           |         |",
                "+--------+----------+---------+---------+---------+----------+-------------------------------+---------+",
            ],
            StatusRenderer.Lines(new StatusReport(
                "db:5432/shop",
                Now,
                [new StatusMigration("0001_add", Now), new StatusMigration("0002_indexes", null, "no check")],
                [
                    new StatusBackup("b3", Now.AddSeconds(-1), 1024, "restored", Now.AddDays(1)) { Database = "shop", Server = "db:5432" },
                    new StatusBackup("b2", Now.AddDays(-2), 1024, "readback", null, "on hold") { Database = "other" },
                    new StatusBackup("b1", Now.AddDays(-9), 1024, "none", Now.AddDays(-2)),
                ])));

    [Fact]
    public void Shows_how_the_schema_differs_and_when_it_was_last_seen_equal()
    {
        var stored = new StoredFingerprint
        {
            RecordedUtc = Now, SeenUtc = Now.AddDays(1), Reason = "release behind backup b1", ServerMajor = 15, Format = 1, Lines = [],
        };
        IReadOnlyList<string> Lines(SchemaDifference? difference)
            => [
                .. StatusRenderer.Lines(new StatusReport("db:5432/shop", Now, [], null) { Schema = new SchemaDrift(stored, difference) })
                    .Skip(3)
                    .SkipLast(2),
            ];

        Assert.Equal(
            [
                "",
                "Schema: differs from what release behind backup b1 left on 2025-10-12 10:30:00 UTC, last seen equal on 2025-10-13 "
                    + "10:30:00 UTC: 1 line added, 0 removed",
                "  + column public.a.x text",
            ],
            Lines(new SchemaDifference([], ["column public.a.x text"])));
        Assert.Equal(
            ["", "Schema: equal now to what release behind backup b1 left on 2025-10-12 10:30:00 UTC"],
            Lines(new SchemaDifference([], [])));
        Assert.Equal(["", "Schema: recorded on 2025-10-12 10:30:00 UTC by PostgreSQL 15, not compared with another version"], Lines(null));
    }

    [Fact]
    public void Says_when_there_is_nothing()
    {
        Assert.Equal(
            ["Database: db:5432/shop", "", "Migrations: 0 applied, 0 pending", "", "Backups: no store is configured"],
            StatusRenderer.Lines(new StatusReport("db:5432/shop", Now, [], null)));
        Assert.Equal(
            ["Database: db:5432/shop", "", "Migrations: the database was not looked at", "", "Backups: none"],
            StatusRenderer.Lines(new StatusReport("db:5432/shop", Now, [], []) { IsDatabaseKnown = false }));
        Assert.Equal("Backups: none", StatusRenderer.Lines(new StatusReport("db:5432/shop", Now, [], []))[^1]);
    }
}
