using Belay.Migrations.Observation;
using Belay.Rehearsal;

namespace Belay.Tests.Rehearsal;

public sealed class RehearsalReportTests
{
    private static readonly RehearsalReport Report = new()
    {
        BackupId = "20251012T103000Z-aa",
        Restore = TimeSpan.FromSeconds(754),
        Migrations = ["0007_type"],
        Duration = TimeSpan.FromSeconds(75),
        Growth = -(2L << 20),
        Checks = 1,
        Statements =
        [
            new ObservedStatement
            {
                File = "0007_type.sql", Line = 3, Title = "ALTER TABLE", Duration = TimeSpan.FromSeconds(70), Wal = 3L << 30,
            },
        ],
        Rollbacks = ["0007_type.sql: its rollback script runs"],
        Application = "npm start on the copy: it ended with exit code 0; nobody logged in",
    };

    [Fact]
    public void Says_what_the_release_and_a_restore_will_take()
        => Assert.Equal(
            [
                Report.Statements[0].ToString(),
                "1 migration in 1 min 15 s, 3.0 GiB of write-ahead log, -2.0 MiB of disk; 1 check passed",
                "In production the migrations take about 1 min 15 s too, if its machine is like this one and no session "
                    + "holds what they lock",
                "A restore of the whole database takes 12 min 34 s on this machine",
                "0007_type.sql: its rollback script runs",
                "npm start on the copy: it ended with exit code 0; nobody logged in",
            ],
            Report.Lines);

    [Fact]
    public void Says_what_a_restore_takes_when_nothing_is_pending_too()
        => Assert.Equal(
            [
                "Nothing is pending after backup 20251012T103000Z-aa: there was nothing to rehearse",
                "A restore of the whole database takes 12 min 34 s on this machine",
            ],
            (Report with { Migrations = [] }).Lines);
}
