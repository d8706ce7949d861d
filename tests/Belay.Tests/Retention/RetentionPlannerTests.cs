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

    /// <summary>Title, days since the end, what the backup is, whether it goes, why. A proven backup of yesterday is always there
    /// besides.</summary>
    public static TheoryData<string, double, string, bool, string> Table => new()
    {
        { "younger than the retention", 6.5, "proven", false, "it is 6 d 12 h old, kept for 7 d 0 h" },
        { "exactly as old as the retention", 7, "proven", false, "it is 7 d 0 h old, kept for 7 d 0 h" },
        { "a second older than the retention", 7 + (1 / 86400d), "proven", true, "it is 7 d 0 h old, kept for 7 d 0 h" },
        { "much older", 400, "proven", true, "it is 400 d 0 h old, kept for 7 d 0 h" },
        { "older and kept until this moment", 8, "keepUntilNow", true, "it is 8 d 0 h old, kept for 7 d 0 h" },
        {
            "of this moment and its dump is missing",
            0,
            "missing",
            false,
            "it is 0.0 s old, kept for 7 d 0 h; its dump '{dump}' is missing, so it does not count"
        },
        { "older but on hold", 400, "hold", false, "it is on hold: audit" },
        { "older but its own keepUntil is still to come", 8, "keepUntil", false, "it is kept until 2025-10-13 12:00:00 UTC" },
        { "from the future", -1, "proven", false, "it ended in the future, at 2025-10-13 12:00:00 UTC: a clock is wrong" },
        { "older and never proven", 8, "unproven", true, "it is 8 d 0 h old, kept for 7 d 0 h" },
        {
            "older and its dump is missing",
            8,
            "missing",
            true,
            "it is 8 d 0 h old, kept for 7 d 0 h; its dump '{dump}' is missing, so it does not count"
        },
        {
            "younger and its dump is missing",
            6,
            "missing",
            false,
            "it is 6 d 0 h old, kept for 7 d 0 h; its dump '{dump}' is missing, so it does not count"
        },
        {
            "younger and its roles are missing",
            6,
            "rootless",
            false,
            "it is 6 d 0 h old, kept for 7 d 0 h; its roles '{roles}' are missing, so it does not count"
        },
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
        var told = reason.Replace("{dump}", dump, StringComparison.Ordinal)
            .Replace("{roles}", dump.Replace(".dump.zst", ".globals.sql", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal((deletes, told), (decision.Deletes, decision.Reason));
        Assert.Equal(4 * decision.Objects.Count, decision.Bytes);
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
        var plan = Decide(
            [.. new[] { "proven", "app2", "other" }.SelectMany(kind => new[] { Backup(9, kind), Backup(8, kind), Backup(30, kind) })]);
        Assert.Equal(3, plan.Decisions.Count(decision => decision is { Deletes: false, Reason: NewestProven }));
        Assert.Equal(
            ["app2", "app2", "app", "app", "other", "other"],
            plan.Deletions.Select(decision => decision.Name.Split(' ')[0])
                .OrderByDescending(name => name == "app2")
                .ThenBy(name => name, StringComparer.Ordinal));
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
        var used = Backup(8) is { } old
            ? old with { DumpObject = old.DumpObject! with { Protection = Reason } }
            : throw new InvalidOperationException();
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
    public void Deletes_nothing_that_is_newer_than_a_clock_that_runs_behind()
    {
        // Ten days of backups by a right clock; this machine's own stands before all of them.
        var plan = RetentionPlanner.Decide(
            Contents([.. Enumerable.Range(0, 10).Select(day => Backup(day))]), Now.AddDays(-20), new RetentionSettings());
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
        var contents = Contents([Backup(1), Backup(30)]) with
        {
            Unreadable = [new UnreadableManifest(Stored("app/x.manifest.json", Now), "The manifest cannot be read.")],
        };
        var plan = RetentionPlanner.Decide(contents, Now, new RetentionSettings());
        Assert.Empty(plan.Deletions);
        Assert.Equal("The manifest cannot be read.", plan.Refusal);
        Assert.Equal(
            [NewestProven, "nothing is deleted while a manifest cannot be read"], plan.Decisions.Select(decision => decision.Reason));
    }

    [Theory]
    [InlineData(23.9, false, "it has no manifest yet; a backup may be under way")]
    [InlineData(24, false, "it has no manifest yet; a backup may be under way")]
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
        var refusal = Assert.Throws<SettingsException>(
            () => RetentionPlanner.Decide(Contents([Backup(1)]), Now, new RetentionSettings { KeepFor = TimeSpan.FromDays(days) }));
        Assert.Equal([fault], refusal.Faults);
    }

    [Fact]
    public void Refuses_a_policy_that_keeps_nothing()
    {
        var policy = new RetentionSettings { KeepFor = TimeSpan.Zero, KeepLast = -1, KeepWeekly = -2, KeepMonthly = -3 };
        var exception = Assert.Throws<SettingsException>(() => RetentionPlanner.Decide(Contents([]), Now, policy));
        Assert.Equal(
            [
                "The retention must be longer than 0 days; it is 0.0 s.",
                "--keep-last must not be negative; it is -1.",
                "--keep-weekly must not be negative; it is -2.",
                "--keep-monthly must not be negative; it is -3.",
            ],
            exception.Faults);
        Assert.Equal("./build.sh CleanupBackups --retention-days 7 --dry-run", exception.Hint);
    }

    private static RetentionPlan Decide(IReadOnlyList<CatalogBackup> backups)
        => RetentionPlanner.Decide(Contents(backups), Now, new RetentionSettings());

    private static CatalogContents Contents(IReadOnlyList<CatalogBackup> backups)
        => new() { Backups = backups, Unreadable = [], Orphans = [] };

    private static StoredObject Stored(string name, DateTimeOffset at) => new(name, 4, at, "1");

    /// <summary>A proven backup without a keepUntil of its own still to come.</summary>
    private static CatalogBackup Ended(DateTimeOffset ended)
    {
        var manifest = Manifests.Make(ended) with { KeepUntil = ended };
        return new CatalogBackup
        {
            Manifest = manifest,
            ManifestObject = Stored(Manifests.NameOf(manifest), ended),
            DumpObject = Stored(manifest.ObjectName, ended),
        };
    }

    private static CatalogBackup Backup(double days, string kind = "proven")
    {
        var database = kind switch
        {
            "other" or "app2" or "ap" => Manifests.App with { Name = kind },
            "recreated" => Manifests.App with { Oid = 99 },
            _ => Manifests.App,
        };
        var manifest = Manifests.Make(Now - TimeSpan.FromSeconds(Math.Round(days * 86400)), database);
        manifest = kind switch
        {
            "hold" => manifest with { Hold = "audit" },
            "keepUntil" => manifest with { KeepUntil = Now.AddDays(1) },
            "keepUntilNow" => manifest with { KeepUntil = Now },
            "unproven" => manifest with { ProofLevel = ProofLevel.Transport },
            "rootless" => manifest with
            {
                GlobalsObjectName = manifest.ObjectName.Replace(".dump.zst", BackupName.GlobalsSuffix, StringComparison.Ordinal),
            },
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
