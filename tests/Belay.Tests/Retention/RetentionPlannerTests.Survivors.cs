using Belay.Backups.Catalogue;
using Belay.Postgres;
using Belay.Retention;
using Belay.Tests.Backups;

namespace Belay.Tests.Retention;

/// <summary>What stays, and so lets others go.</summary>
public sealed partial class RetentionPlannerTests
{
    private static readonly DatabaseIdentity Unknown = Manifests.App with { SystemIdentifier = "unknown" };

    [Fact]
    public void Keeps_an_orphan_of_a_database_that_has_no_backup_any_more()
    {
        var contents = Contents([Backup(1, "app2")]) with { Orphans = [Stored("app/x.dump", Now.AddDays(-30))] };
        var plan = RetentionPlanner.Decide(contents, Now, new RetentionSettings());
        Assert.Empty(plan.Deletions);
        Assert.Equal(
            "it has no manifest, so it is no backup; but its database has no backup that could stay instead", plan.Decisions[1].Reason);
    }

    [Fact]
    public void Does_not_take_a_backup_that_was_replaced_after_its_proof_for_the_newest()
    {
        var replaced = Backup(0.5);
        var plan = Decide([replaced with { Manifest = replaced.Manifest with { ObjectVersion = "proven" } }, Backup(9), Backup(10)]);
        Assert.Equal([false, false, true], plan.Decisions.Select(decision => decision.Deletes));
        Assert.Equal(NewestProven, plan.Decisions[1].Reason);
        Assert.Equal(
            "it is 12 h 00 min old, kept for 7 d 0 h; its dump was replaced after it was proven, so it does not count",
            plan.Decisions[0].Reason);
    }

    [Fact]
    public void Deletes_nothing_of_a_database_without_a_backup_that_could_stay()
    {
        var plan = Decide(
            [
                .. new[] { 8, 9 }.Select(days => Backup(days))
                    .Select(backup => backup with { Manifest = backup.Manifest with { ObjectVersion = "proven" } }),
                Backup(10, "missing"),
            ]);
        Assert.Equal([false, false, true], plan.Decisions.Select(decision => decision.Deletes));
        Assert.EndsWith(
            "so it does not count; but its database has no backup that could stay instead",
            plan.Decisions[0].Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Never_takes_databases_of_two_servers_for_one_when_their_identifier_cannot_be_read()
    {
        Assert.Empty(Decide([Backup(8, "10.0.0.5:5432", Unknown), Backup(9, "10.0.0.6:5432", Unknown)]).Deletions);
        Assert.Single(Decide([Backup(8, "10.0.0.5:5432", Unknown), Backup(9, "10.0.0.5:5432", Unknown)]).Deletions);
    }

    [Fact]
    public void Takes_a_database_at_two_addresses_for_one_when_its_identifier_says_so()
        => Assert.Single(
            Decide([Backup(8, "10.0.0.5:5432", Manifests.App), Backup(9, "10.0.0.6:5432", Manifests.App)]).Deletions);

    private static CatalogBackup Backup(double days, string address, DatabaseIdentity database)
    {
        var backup = Backup(days);
        var origin = Manifests.Origin with { Address = address };
        return backup with { Manifest = backup.Manifest with { Database = database, Origin = origin } };
    }
}
