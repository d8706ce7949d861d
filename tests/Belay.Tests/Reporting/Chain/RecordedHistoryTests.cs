using Belay.History;
using Belay.Reporting;
using Belay.Reporting.Chain;

namespace Belay.Tests.Reporting.Chain;

public sealed class RecordedHistoryTests
{
    [Fact]
    public void A_history_whose_migrations_are_all_on_record_says_nothing()
        => Assert.Empty(Demand([Row(1), Row(2)], [Record(1), Record(2)]));

    [Fact]
    public void Migrations_that_are_newer_than_all_records_are_named()
    {
        var fault = Assert.Throws<RecordException>(() => Demand([Row(1), Row(2), Row(3)], [Record(1)]));

        Assert.Equal(
            "The history of shop names 2 migrations that no record has, from 0002_m of 2025-10-14 10:30:00 UTC behind backup backup-2 on: "
                + "records were cut off at the end, or that run was killed or could not reach the store, or was one of an older Belay",
            fault.Message);
        Assert.Equal(12, fault.ExitCode);
    }

    [Fact]
    public void Without_any_record_all_of_them_are()
        => Assert.StartsWith(
            "The history of shop names 1 migration that no record has",
            Assert.Throws<RecordException>(() => new RecordedHistory([Row(1)]).Demand("shop", null)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void What_is_older_than_the_records_or_stands_between_others_is_no_fault_and_told()
        => Assert.Equal(
            [
                "1 migration of the history is older than the first record of one",
                "1 migration of the history has no record, between others that have one: the run was killed or could not reach the store",
            ],
            Demand([Row(1), Row(2), Row(3), Row(4)], [Record(2), Record(4)]));

    [Fact]
    public void A_migration_that_was_applied_again_behind_another_backup_is_another_one()
        => Assert.Throws<RecordException>(() => Demand([Row(1), Row(2) with { BackupId = "later" }], [Record(1), Record(2)]));

    [Fact]
    public void A_baseline_need_not_be_on_record() => Assert.Empty(Demand([Row(1) with { BackupId = null }], []));

    private static IReadOnlyList<string> Demand(AppliedMigration[] rows, ReleaseRecord[] records)
    {
        var history = new RecordedHistory(rows);
        records.ToList().ForEach(history.See);
        return history.Demand("shop", Records.Started);
    }

    private static AppliedMigration Row(int number)
        => new(number, "m", "", Records.Started.AddDays(number), "owner", TimeSpan.Zero, $"backup-{number}");

    private static ReleaseRecord Record(int number)
    {
        var record = Records.Succeeded();
        return record with
        {
            Backup = record.Backup! with { Id = $"backup-{number}" },
            Migrations = [new ReleaseMigration(Row(number).FullName, record.FinishedUtc, 1)],
        };
    }
}
