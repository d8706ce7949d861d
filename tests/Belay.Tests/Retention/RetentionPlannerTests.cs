using System.Globalization;
using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Retention;
using Belay.Settings;
using Belay.Storage;
using Belay.Tests.Backups;

namespace Belay.Tests.Retention;

public sealed partial class RetentionPlannerTests
{
    private const string NewestProven = "it is the newest proven backup of its database";

    private static readonly DateTimeOffset Now = Manifests.Noon;

    /// <summary>Title, days since the end, what the backup is, whether it goes, why. A proven backup of yesterday is always there besides.</summary>
    public static TheoryData<string, double, string, bool, string> Table => new()
    {
        { "younger than the retention", 6.5, "proven", false, "it is 6 d 12 h old, kept for 7 d 0 h" },
        { "exactly as old as the retention", 7, "proven", false, "it is 7 d 0 h old, kept for 7 d 0 h" },
        { "a second older than the retention", 7 + (1 / 86400d), "proven", true, "it is 7 d 0 h old, kept for 7 d 0 h" },
        { "much older", 400, "proven", true, "it is 400 d 0 h old, kept for 7 d 0 h" },
        { "older but on hold", 400, "hold", false, "it is on hold: audit" },
        { "older but its own keepUntil is still to come", 8, "keepUntil", false, "it is kept until 2025-10-13 12:00:00 UTC" },
        { "from the future", -1, "proven", false, "it ended in the future, at 2025-10-13 12:00:00 UTC: a clock is wrong" },
        { "older and never proven", 8, "unproven", true, "it is 8 d 0 h old, kept for 7 d 0 h" },
        { "older and its dump is missing", 8, "missing", true, "it is 8 d 0 h old, kept for 7 d 0 h; its dump '{dump}' is missing, so it does not count" },
        { "younger and its dump is missing", 6, "missing", false, "it is 6 d 0 h old, kept for 7 d 0 h; its dump '{dump}' is missing, so it does not count" },
        { "younger and its roles are missing", 6, "rootless", false, "it is 6 d 0 h old, kept for 7 d 0 h; its roles '{roles}' are missing, so it does not count" },
        { "the last backup of a database whose name begins with this one's", 400, "app2", false, NewestProven },
        { "the last backup of a database whose name this one's begins with", 400, "ap", false, NewestProven },
        { "the last backup of another database", 400, "other", false, NewestProven },
        { "the last backup of a database dropped and created again under its name", 400, "recreated", false, NewestProven },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Decides_on_a_backup(string title, double days, string kind, bool deletes, string reason)
    {
        Assert.NotEmpty(title);
        var backup = Backup(days, kind);
        var plan = Decide([Backup(1), backup]);
        var decision = plan.Decisions.Single(candidate => candidate.Name == $"{backup.Manifest.Database.Name} {backup.Manifest.Id}");
        var dump = backup.Manifest.ObjectName;
        var told = reason.Replace("{dump}", dump, StringComparison.Ordinal).Replace("{roles}", dump.Replace(".dump.zst", ".globals.sql", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal((deletes, told), (decision.Deletes, decision.Reason));
    }

    [Fact]
    public void Keeps_the_newest_proven_backup_after_eight_days_of_failures()
    {
        var plan = Decide([Backup(0, "unproven"), Backup(3, "missing"), Backup(8, "unproven"), Backup(9), Backup(10)]);
        Assert.Equal([true, true], plan.Deletions.Select(decision => decision.Deletes));
        Assert.Equal(NewestProven, plan.Decisions[3].Reason);
        Assert.True(plan.Decisions[4].Deletes);
    }

    [Fact]
    public void Does_not_take_a_backup_without_its_dump_or_its_roles_for_the_newest()
    {
        var plan = Decide([Backup(8, "missing"), Backup(9, "rootless"), Backup(10)]);
        Assert.Equal([true, true, false], plan.Decisions.Select(decision => decision.Deletes));
        Assert.Equal(NewestProven, plan.Decisions[2].Reason);
    }

    [Fact]
    public void Decides_for_each_database_by_itself_though_all_are_under_one_prefix()
    {
        var plan = Decide([.. new[] { "proven", "app2", "other" }.SelectMany(kind => new[] { Backup(9, kind), Backup(8, kind), Backup(30, kind) })]);
        Assert.Equal(3, plan.Decisions.Count(decision => decision is { Deletes: false, Reason: NewestProven }));
        Assert.Equal(["app2", "app2", "app", "app", "other", "other"], plan.Deletions.Select(decision => decision.Name.Split(' ')[0]).OrderByDescending(name => name == "app2").ThenBy(name => name, StringComparer.Ordinal));
    }

    [Fact]
    public void Keeps_the_newest_complete_backup_of_a_database_without_a_proven_one()
    {
        var plan = Decide([Backup(8, "missing"), Backup(9, "unproven"), Backup(10, "unproven")]);
        Assert.Equal([true, false, true], plan.Decisions.Select(decision => decision.Deletes));
        Assert.Equal("its database has no proven backup, and it is the newest complete one", plan.Decisions[1].Reason);
    }

    [Fact]
    public void Keeps_what_the_store_protects_and_says_why()
    {
        const string Reason = "it is in use by a proof, a restore or a migration";
        var used = Backup(8) is { } old ? old with { DumpObject = old.DumpObject! with { Protection = Reason } } : throw new InvalidOperationException();
        var plan = Decide([Backup(1), used]);
        Assert.Equal((false, Reason), (plan.Decisions[1].Deletes, plan.Decisions[1].Reason));
    }

    [Fact]
    public void Does_not_take_a_backup_from_the_future_for_the_newest()
    {
        var plan = Decide([Backup(-100), Backup(30)]);
        Assert.Empty(plan.Deletions);
        Assert.Equal(NewestProven, plan.Decisions[1].Reason);
    }

    [Fact]
    public void Keeps_the_last_ones_and_the_newest_of_weeks_and_months()
    {
        // Each ended at midnight UTC, two minutes after the time in its id; none has a keepUntil of its own still to come.
        var backups = Enumerable.Range(0, 100).Select(day => Backup(day + 0.5))
            .Select(backup => backup with { Manifest = backup.Manifest with { KeepUntil = backup.Manifest.EndedUtc } }).ToList();
        var plan = RetentionPlanner.Decide(Contents(backups), Now, new RetentionSettings { KeepFor = TimeSpan.FromHours(1), KeepLast = 3, KeepWeekly = 3, KeepMonthly = 3 });
        Assert.Equal(
            ["20251011", "20251010", "20251009", "20251004", "20250929", "20250927", "20250830"],
            plan.Decisions.Where(decision => !decision.Deletes).Select(decision => decision.Name[4..12]));
    }

    /// <summary>Title, weeks and months kept, the days on which a backup ended (midnight UTC), the days whose backup stays besides the newest.</summary>
    public static TheoryData<string, int, int, string, string> Calendar => new()
    {
        { "the ISO week of 2024-12-30 is the first of 2025", 2, 0, "2025-01-05 2025-01-01 2024-12-31 2024-12-30 2024-12-29 2024-12-23", "2025-01-05 2024-12-29" },
        { "2027-01-01 to 03 belong to week 53 of 2026", 2, 0, "2027-01-04 2027-01-03 2027-01-01 2026-12-31 2026-12-28 2026-12-27", "2027-01-04 2027-01-03" },
        { "week 53 of 2026 and week 1 of 2026 are not the same", 3, 0, "2027-01-03 2026-01-04 2026-01-01 2025-12-29 2025-12-28", "2027-01-03 2026-01-04 2025-12-28" },
        { "months across the end of a year", 0, 3, "2025-02-01 2025-01-31 2025-01-01 2024-12-31 2024-12-01 2024-11-30", "2025-02-01 2025-01-31 2024-12-31" },
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
        var plan = RetentionPlanner.Decide(Contents(backups), now, new RetentionSettings { KeepFor = TimeSpan.FromHours(1), KeepWeekly = weeks, KeepMonthly = months });
        Assert.Equal(kept.Split(' '), backups.Where((_, index) => !plan.Decisions[index].Deletes).Select(backup => $"{backup.Manifest.EndedUtc.UtcDateTime:yyyy-MM-dd}"));
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
        var backups = new[] { "2025-06-09T11:00:00+14:00", "2025-06-08T11:00:00+14:00" }.Select(text => Ended(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture))).ToList();
        var plan = RetentionPlanner.Decide(Contents(backups), Now, new RetentionSettings { KeepFor = TimeSpan.FromHours(1), KeepWeekly = 2 });
        Assert.Equal([false, true], plan.Decisions.Select(decision => decision.Deletes));
    }

    [Fact]
    public void Deletes_nothing_that_is_newer_than_a_clock_that_runs_behind()
    {
        // Ten days of backups by a right clock; this machine's own stands before all of them.
        var plan = RetentionPlanner.Decide(Contents([.. Enumerable.Range(0, 10).Select(day => Backup(day))]), Now.AddDays(-20), new RetentionSettings());
        Assert.Empty(plan.Deletions);
        Assert.All(plan.Decisions, decision => Assert.EndsWith(": a clock is wrong", decision.Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(23.9, false, "it is a probe; its run may be under way")]
    [InlineData(24.1, true, "it is a probe that a killed run left")]
    public void Deletes_a_probe_that_a_killed_run_left(double hours, bool deletes, string reason)
    {
        var contents = Contents([]) with { Orphans = [Stored("belay-probe/0011223344556677", Now.AddHours(-hours))] };
        var decision = Assert.Single(RetentionPlanner.Decide(contents, Now, new RetentionSettings()).Decisions);
        Assert.Equal((deletes, reason), (decision.Deletes, decision.Reason));
    }

    [Fact]
    public void Deletes_nothing_while_a_manifest_cannot_be_read()
    {
        var contents = Contents([Backup(1), Backup(30)]) with { Unreadable = [new UnreadableManifest(Stored("app/x.manifest.json", Now), "The manifest cannot be read.")] };
        var plan = RetentionPlanner.Decide(contents, Now, new RetentionSettings());
        Assert.Empty(plan.Deletions);
        Assert.Equal("The manifest cannot be read.", plan.Refusal);
        Assert.Equal("nothing is deleted while a manifest cannot be read", plan.Decisions[1].Reason);
    }

    [Theory]
    [InlineData(23.9, false, "it has no manifest yet; a backup may be under way")]
    [InlineData(24.1, true, "it has no manifest, so it is no backup")]
    [InlineData(-5, false, "it has no manifest yet; a backup may be under way")]
    public void Deletes_orphans_when_no_run_can_still_be_writing_them(double hours, bool deletes, string reason)
    {
        var contents = Contents([Backup(1)]) with { Orphans = [Stored("app/x.dump", Now.AddHours(-hours))] };
        var decision = RetentionPlanner.Decide(contents, Now, new RetentionSettings()).Decisions[1];
        Assert.Equal((deletes, reason), (decision.Deletes, decision.Reason));
    }

    [Theory]
    [InlineData(0, "The retention must be longer than 0 days; it is 0.0 s.")]
    [InlineData(-1, "The retention must be longer than 0 days; it is -1 d 0 h.")]
    public void Refuses_a_retention_of_no_days(int days, string fault)
    {
        var refusal = Assert.Throws<SettingsException>(() => RetentionPlanner.Decide(Contents([Backup(1)]), Now, new RetentionSettings { KeepFor = TimeSpan.FromDays(days) }));
        Assert.Equal([fault], refusal.Faults);
    }

    [Fact]
    public void Refuses_a_policy_that_keeps_nothing()
    {
        var policy = new RetentionSettings { KeepFor = TimeSpan.Zero, KeepLast = -1, KeepWeekly = -2, KeepMonthly = -3 };
        var exception = Assert.Throws<SettingsException>(() => RetentionPlanner.Decide(Contents([]), Now, policy));
        Assert.Equal(
            ["The retention must be longer than 0 days; it is 0.0 s.", "--keep-last must not be negative; it is -1.", "--keep-weekly must not be negative; it is -2.", "--keep-monthly must not be negative; it is -3."],
            exception.Faults);
    }

    [Fact]
    public void Counts_in_UTC_whatever_zone_the_times_are_written_in()
    {
        var old = Backup(7 + (1 / 86400d));
        var elsewhere = old with { Manifest = old.Manifest with { EndedUtc = old.Manifest.EndedUtc.ToOffset(TimeSpan.FromHours(14)), KeepUntil = old.Manifest.KeepUntil.ToOffset(TimeSpan.FromHours(-11)) } };
        Assert.Single(RetentionPlanner.Decide(Contents([Backup(1), elsewhere]), Now.ToOffset(TimeSpan.FromHours(-12)), new RetentionSettings()).Deletions);
    }

    private static RetentionPlan Decide(IReadOnlyList<CatalogBackup> backups) => RetentionPlanner.Decide(Contents(backups), Now, new RetentionSettings());

    private static CatalogContents Contents(IReadOnlyList<CatalogBackup> backups) => new() { Backups = backups, Unreadable = [], Orphans = [] };

    private static StoredObject Stored(string name, DateTimeOffset at) => new(name, 4, at, "1");

    /// <summary>A proven backup without a keepUntil of its own still to come.</summary>
    private static CatalogBackup Ended(DateTimeOffset ended)
    {
        var manifest = Manifests.Make(ended) with { KeepUntil = ended };
        return new CatalogBackup { Manifest = manifest, ManifestObject = Stored(Manifests.NameOf(manifest), ended), DumpObject = Stored(manifest.ObjectName, ended) };
    }

    private static CatalogBackup Backup(double days, string kind = "proven")
    {
        var database = kind switch { "other" or "app2" or "ap" => Manifests.App with { Name = kind }, "recreated" => Manifests.App with { Oid = 99 }, _ => Manifests.App };
        var manifest = Manifests.Make(Now - TimeSpan.FromSeconds(Math.Round(days * 86400)), database);
        manifest = kind switch
        {
            "hold" => manifest with { Hold = "audit" },
            "keepUntil" => manifest with { KeepUntil = Now.AddDays(1) },
            "unproven" => manifest with { ProofLevel = ProofLevel.Transport },
            "rootless" => manifest with { GlobalsObjectName = manifest.ObjectName.Replace(".dump.zst", BackupName.GlobalsSuffix, StringComparison.Ordinal) },
            _ => manifest,
        };
        return new CatalogBackup
        {
            Manifest = manifest,
            ManifestObject = Stored(Manifests.NameOf(manifest), manifest.EndedUtc),
            DumpObject = kind == "missing" ? null : Stored(manifest.ObjectName, manifest.EndedUtc),
        };
    }
}
