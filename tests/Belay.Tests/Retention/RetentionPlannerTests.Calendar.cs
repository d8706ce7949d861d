using System.Globalization;
using Belay.Retention;

namespace Belay.Tests.Retention;

public sealed partial class RetentionPlannerTests
{
    [Fact]
    public void Keeps_the_last_ones_and_the_newest_of_weeks_and_months()
    {
        // Each ended at midnight UTC, two minutes after the time in its id; none has a keepUntil of its own still to come.
        var backups = Enumerable.Range(0, 100).Select(day => Backup(day + 0.5))
            .Select(backup => backup with { Manifest = backup.Manifest with { KeepUntil = backup.Manifest.EndedUtc } }).ToList();
        var plan = RetentionPlanner.Decide(
            Contents(backups),
            Now,
            new RetentionSettings { KeepFor = TimeSpan.FromHours(1), KeepLast = 3, KeepWeekly = 3, KeepMonthly = 3 });
        Assert.Equal(
            ["20251011", "20251010", "20251009", "20251004", "20250929", "20250927", "20250830"],
            plan.Decisions.Where(decision => !decision.Deletes).Select(decision => decision.Name[4..12]));
        Assert.Equal(
            [
                NewestProven,
                "it is among the 3 newest",
                "it is among the 3 newest",
                "it is the newest of its week",
                "it is the newest of its month",
            ],
            new[] { 0, 1, 2, 7, 12 }.Select(index => plan.Decisions[index].Reason));
    }

    /// <summary>Title, weeks and months kept, the days on which a backup ended (midnight UTC), the days whose backup stays besides the
    /// newest.</summary>
    public static TheoryData<string, int, int, string, string> Calendar => new()
    {
        {
            "the ISO week of 2024-12-30 is the first of 2025",
            2,
            0,
            "2025-01-05 2025-01-01 2024-12-31 2024-12-30 2024-12-29 2024-12-23",
            "2025-01-05 2024-12-29"
        },
        {
            "2027-01-01 to 03 belong to week 53 of 2026",
            2,
            0,
            "2027-01-04 2027-01-03 2027-01-01 2026-12-31 2026-12-28 2026-12-27",
            "2027-01-04 2027-01-03"
        },
        {
            "week 53 of 2026 and week 1 of 2026 are not the same",
            3,
            0,
            "2027-01-03 2026-01-04 2026-01-01 2025-12-29 2025-12-28",
            "2027-01-03 2026-01-04 2025-12-28"
        },
        {
            "months across the end of a year",
            0,
            3,
            "2025-02-01 2025-01-31 2025-01-01 2024-12-31 2024-12-01 2024-11-30",
            "2025-02-01 2025-01-31 2024-12-31"
        },
        { "the same month of two years is two months", 0, 2, "2025-12-05 2024-12-31 2024-12-05", "2025-12-05 2024-12-31" },
        { "the leap day ends its month", 0, 2, "2024-03-01 2024-02-29 2024-02-28", "2024-03-01 2024-02-29" },
        { "a week without a backup does not count", 2, 0, "2025-06-29 2025-06-02", "2025-06-29 2025-06-02" },
        { "weeks and months together", 1, 2, "2025-06-29 2025-06-28 2025-05-31 2025-05-30", "2025-06-29 2025-05-31" },
    };

    [Theory]
    [MemberData(nameof(Calendar))]
    public void Keeps_the_newest_of_each_week_and_month(string title, int weeks, int months, string days, string kept)
    {
        Assert.NotEmpty(title);
        var backups = days.Split(' ').Select(day => Ended(DateTimeOffset.Parse(day + "T00:00:00Z", CultureInfo.InvariantCulture))).ToList();
        var now = backups[0].Manifest.EndedUtc.AddYears(2);
        var plan = RetentionPlanner.Decide(
            Contents(backups), now, new RetentionSettings { KeepFor = TimeSpan.FromHours(1), KeepWeekly = weeks, KeepMonthly = months });
        Assert.Equal(
            kept.Split(' '),
            backups.Where((_, index) => !plan.Decisions[index].Deletes)
                .Select(backup => $"{backup.Manifest.EndedUtc.UtcDateTime:yyyy-MM-dd}"));
    }

    /// <summary>Title, end, now, whether it goes. A retention of 7 days is 168 hours, whatever the clocks on walls do.</summary>
    public static TheoryData<string, string, string, bool> Zones => new()
    {
        { "New York springs forward: a week on the wall is 167 hours", "2025-03-08T12:00:00-05:00", "2025-03-15T12:00:01-04:00", false },
        { "an hour later it is over", "2025-03-08T12:00:00-05:00", "2025-03-15T13:00:01-04:00", true },
        { "New York falls back: a week on the wall is 169 hours", "2025-11-01T12:00:00-04:00", "2025-11-08T11:59:59-05:00", true },
        { "an hour earlier it is not over", "2025-11-01T12:00:00-04:00", "2025-11-08T10:59:59-05:00", false },
        { "in the hour that Berlin has twice", "2025-10-26T02:30:00+02:00", "2025-11-02T01:30:01+01:00", true },
        { "in the second of the two", "2025-10-26T02:30:00+01:00", "2025-11-02T01:30:01+01:00", false },
        { "Apia is a day ahead of Pago Pago at the same moment", "2025-06-01T00:30:00+13:00", "2025-06-06T23:30:00-11:00", false },
        { "Samoa left out 2011-12-30", "2011-12-29T23:00:00-10:00", "2012-01-06T22:59:59+14:00", false },
    };

    [Theory]
    [MemberData(nameof(Zones))]
    public void Counts_hours_not_days_of_a_calendar(string title, string ended, string now, bool deletes)
    {
        Assert.NotEmpty(title);
        var at = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture);
        var backup = Ended(DateTimeOffset.Parse(ended, CultureInfo.InvariantCulture));
        var plan = RetentionPlanner.Decide(Contents([Ended(at), backup]), at, new RetentionSettings());
        Assert.Equal(deletes, plan.Decisions[1].Deletes);
    }

    [Fact]
    public void Puts_a_week_into_the_year_of_its_UTC_day_not_of_the_day_on_the_wall()
    {
        // In UTC both ended in the same ISO week; in Kiritimati the second one has a Monday already.
        var backups = new[] { "2025-06-09T11:00:00+14:00", "2025-06-08T11:00:00+14:00" }.Select(
            text => Ended(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)))
            .ToList();
        var plan = RetentionPlanner.Decide(
            Contents(backups), Now, new RetentionSettings { KeepFor = TimeSpan.FromHours(1), KeepWeekly = 2 });
        Assert.Equal([false, true], plan.Decisions.Select(decision => decision.Deletes));
    }

    [Fact]
    public void Counts_in_UTC_whatever_zone_the_times_are_written_in()
    {
        var old = Backup(7 + (1 / 86400d));
        var elsewhere = old with
        {
            Manifest = old.Manifest with
            {
                EndedUtc = old.Manifest.EndedUtc.ToOffset(TimeSpan.FromHours(14)),
                KeepUntil = old.Manifest.KeepUntil.ToOffset(TimeSpan.FromHours(-11)),
            },
        };
        Assert.Single(
            RetentionPlanner.Decide(
                Contents([Backup(1), elsewhere]), Now.ToOffset(TimeSpan.FromHours(-12)), new RetentionSettings()).Deletions);
    }
}
