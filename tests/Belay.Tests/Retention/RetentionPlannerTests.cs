using Belay.Backups;
using Belay.Retention;
using Belay.Settings;
using Belay.Storage;
using Belay.Tests.Backups;

namespace Belay.Tests.Retention;

public sealed class RetentionPlannerTests
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
        { "older and its dump is missing", 8, "missing", true, "it is 8 d 0 h old, kept for 7 d 0 h; its dump is missing or has another size" },
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
        Assert.Equal((deletes, reason), (decision.Deletes, decision.Reason));
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
        var contents = Contents([]) with { Orphans = [Stored("app/x.dump", Now.AddHours(-hours))] };
        var decision = Assert.Single(RetentionPlanner.Decide(contents, Now, new RetentionSettings()).Decisions);
        Assert.Equal((deletes, reason), (decision.Deletes, decision.Reason));
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

    private static CatalogBackup Backup(double days, string kind = "proven")
    {
        var database = kind switch { "other" => Manifests.App with { Name = "other" }, "recreated" => Manifests.App with { Oid = 99 }, _ => Manifests.App };
        var manifest = Manifests.Make(Now - TimeSpan.FromSeconds(Math.Round(days * 86400)), database);
        manifest = kind switch
        {
            "hold" => manifest with { Hold = "audit" },
            "keepUntil" => manifest with { KeepUntil = Now.AddDays(1) },
            "unproven" => manifest with { ProofLevel = ProofLevel.Transport },
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
