using Belay.Migrations.Observation;
using Belay.Rehearsal;

namespace Belay.Tests.Rehearsal;

public sealed class BudgetCheckTests
{
    private static readonly RehearsalReport Report = new()
    {
        BackupId = "20251012T103000Z-aa",
        Migrations = ["0007_type"],
        Duration = TimeSpan.FromSeconds(75),
        Statements =
        [
            new ObservedStatement
            {
                File = "0007_type.sql",
                Line = 3,
                Title = "ALTER TABLE",
                Duration = TimeSpan.FromSeconds(70),
                Wal = 3L << 30,
                RowsScanned = 1,
                Rewrites = [("public.item", 2L << 30)],
                Locks = [new ObservedLock("public.item", "AccessExclusiveLock", TimeSpan.FromSeconds(74))],
            },
            new ObservedStatement
            {
                File = "0007_type.sql",
                Line = 9,
                Title = "CREATE INDEX",
                Duration = TimeSpan.FromSeconds(2),
                Locks = [new ObservedLock("public.other", "ShareLock", TimeSpan.FromSeconds(2))],
            },
        ],
    };

    [Fact]
    public void Without_budgets_nothing_is_refused() => BudgetCheck.Demand(Report, new RehearsalSettings());

    [Fact]
    public void What_meets_a_budget_to_the_byte_is_within_it() => BudgetCheck.Demand(Report, new RehearsalSettings
    {
        MaximumLock = TimeSpan.FromSeconds(74),
        MaximumDuration = TimeSpan.FromSeconds(75),
        MaximumWal = 3L << 30,
    });

    [Fact]
    public void A_refusal_names_every_statement_table_and_figure()
    {
        var refusal = Assert.Throws<RehearsalException>(() => BudgetCheck.Demand(Report, new RehearsalSettings
        {
            MaximumLock = TimeSpan.FromSeconds(2),
            MaximumDuration = TimeSpan.FromMinutes(1),
            MaximumWal = 1L << 30,
            NoRewrite = true,
        }));

        Assert.Equal(
            """
            The rehearsal on backup 20251012T103000Z-aa went over 4 budgets; the database was not touched:
              0007_type.sql:3 ALTER TABLE: AccessExclusiveLock on public.item for 1 min 14 s, which keeps readers and writers away; --max-lock allows 2.0 s. Safer: a file of its own for the statement, and rows moved in batches before it
              0007_type.sql:3 ALTER TABLE: rewrites public.item (2.0 GiB); --no-rewrite allows none. Safer: a new column beside the old one, filled in batches
              the migrations took 1 min 15 s; --max-duration allows 1 min 00 s. Most of it: 0007_type.sql:3 ALTER TABLE
              the migrations wrote 3.0 GiB of write-ahead log; --max-wal allows 1.0 GiB. Most of it: 0007_type.sql:3 ALTER TABLE
            """,
            refusal.Message);
        Assert.Equal("Take the safer form, or allow more: docs/rehearsal.md has both", refusal.Hint);
        Assert.Equal(11, refusal.ExitCode);
    }

    [Fact]
    public void A_report_has_a_line_for_each_statement_and_one_for_the_whole()
        => Assert.Equal(
            [
                "0007_type.sql:3 ALTER TABLE: 1 min 10 s; 3.0 GiB of write-ahead log; 1 row scanned; rewrites public.item (2.0 GiB); "
                    + "AccessExclusiveLock on public.item for 1 min 14 s, which keeps readers and writers away",
                "0007_type.sql:9 CREATE INDEX: 2.0 s; ShareLock on public.other for 2.0 s, which keeps writers away",
                "1 migration in 1 min 15 s, 3.0 GiB of write-ahead log, 0 B of disk; 0 checks passed",
            ],
            Report.Lines.Take(3));

    [Theory]
    [InlineData("AccessShareLock", false)]
    [InlineData("RowExclusiveLock", false)]
    [InlineData("ShareUpdateExclusiveLock", false)]
    [InlineData("ShareLock", true)]
    [InlineData("ShareRowExclusiveLock", true)]
    [InlineData("ExclusiveLock", true)]
    [InlineData("AccessExclusiveLock", true)]
    public void A_lock_from_SHARE_on_keeps_somebody_away(string mode, bool expected)
        => Assert.Equal(expected, new ObservedLock("t", mode, TimeSpan.Zero).Blocks);
}
