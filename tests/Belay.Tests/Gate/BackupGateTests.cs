using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Gate;
using Belay.Storage;
using Belay.Tests.Backups;
using Belay.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Gate;

public sealed partial class BackupGateTests
{
    private const string LookedFor =
        "No backup lets the migration begin. Looked in memory://store for a complete backup of app (oid 16384, system "
            + "7300000000000000001) with proof level readback, not older than 1 h 00 min.\n  ";

    private readonly MemoryStore store = new();
    private readonly FakeTimeProvider timeProvider = new(Manifests.Noon);
    private readonly TestOutput output = new();
    private readonly BackupManifest fitting = Manifests.Make(Manifests.Noon.AddMinutes(-10));

    [Fact]
    public async Task Lets_pass_with_a_proven_recent_backup_of_this_database()
    {
        fitting.PutInto(store);
        var proof = await DemandAsync();
        Assert.Equal(fitting.Id, proof.Backup.Id);
        Assert.Equal(Manifests.Noon, proof.CheckedUtc);
    }

    [Fact]
    public async Task Lets_pass_at_exactly_the_maximum_age()
    {
        Manifests.Make(Manifests.Noon.AddMinutes(-60)).PutInto(store);
        Assert.NotNull(await DemandAsync());
    }

    [Fact]
    public async Task Takes_an_older_backup_when_the_newest_is_not_proven()
    {
        fitting.PutInto(store);
        (Manifests.Make(Manifests.Noon, runId: "bb") with { ProofLevel = ProofLevel.Transport }).PutInto(store);
        Assert.Equal(fitting.Id, (await DemandAsync()).Backup.Id);
    }

    [Fact]
    public async Task Keeps_the_backup_in_use_until_the_permit_is_disposed()
    {
        fitting.PutInto(store);
        await using (await DemandAsync())
        {
            Assert.Equal("it is in use by a proof, a restore or a migration", (await FindDumpAsync()).Protection);
            var noted = ManifestFile.Parse("manifest", store.Bytes(Manifests.NameOf(fitting)));
            Assert.Equal(Manifests.Noon, noted.UsedUtc);
        }

        Assert.Null((await FindDumpAsync()).Protection);
    }

    [Fact]
    public async Task Warns_and_goes_on_when_the_mark_is_lost_during_the_migration()
    {
        fitting.PutInto(store);
        await using var proof = await DemandAsync();
        store.LoseMarks(fitting.ObjectName, "The store went away.");
        Assert.Equal(
            [$"Backup {fitting.Id} is not marked as in use any more, so a cleanup that runs now could delete it: The store went away."],
            output.Warnings);
    }

    [Fact]
    public async Task Says_which_backup_opens_it_with_server_age_and_level()
    {
        fitting.PutInto(store);
        await using var proof = await DemandAsync();
        Assert.Equal(
            [$"Gate: backup {fitting.Id} of app on 10.0.0.5:5432, 10 min 00 s old, proven by readback, in memory://store"], output.Lines);
    }

    [Fact]
    public async Task Takes_a_restored_level_without_row_counts_for_what_it_is()
    {
        (fitting with
        {
            ProofLevel = ProofLevel.Restored,
            RowCounts = null,
            RowCountsLeftOut = "switched off",
            Evidence = [new ProofEvidence(ProofLevel.Restored, Manifests.Noon, [], 1)],
        }).PutInto(store);
        var gate = new BackupGate(store, new BackupSettings { RequiredLevel = ProofLevel.Restored }, timeProvider);
        var exception = await Assert.ThrowsAsync<GateException>(() => gate.DemandAsync(Manifests.Target, Token));
        Assert.EndsWith(
            "20251012T114800Z-aa: its proof level is restored, rows not counted, demanded is restored.",
            exception.Message,
            StringComparison.Ordinal);
        var without = new BackupGate(store, new BackupSettings { RequiredLevel = ProofLevel.RestoredUncounted }, timeProvider);
        await using var proof = await without.DemandAsync(Manifests.Target, Token);
        Assert.EndsWith("proven by restored, rows not counted", proof.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_the_change_that_a_backup_is_older_than_whoever_made_it()
    {
        fitting.PutInto(store);
        var change = new LastChange(fitting.SnapshotUtc.AddSeconds(1), "the last recorded change of the schema (rollback of 0001_x)");
        var exception = await Assert.ThrowsAsync<GateException>(() => DemandAsync(Manifests.Target with { LastChange = change }));
        Assert.EndsWith(
            "20251012T114800Z-aa: its snapshot (2025-10-12 11:48:00 UTC) is not after the last recorded change of the schema "
                + "(rollback of 0001_x) (2025-10-12 11:48:01 UTC).",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_every_reason_and_at_most_five_candidates()
    {
        for (var day = 1; day <= 7; day++)
        {
            (Manifests.Make(Manifests.Noon.AddDays(-day)) with { ProofLevel = ProofLevel.None }).PutInto(store);
        }

        var lines = (await Assert.ThrowsAsync<GateException>(() => DemandAsync())).Message.Split('\n');
        Assert.Equal(
            "  20251011T115800Z-aa: its proof level is none, demanded is readback; it is 1 d 0 h old, allowed are 1 h 00 min.", lines[1]);
        Assert.Equal("  and 2 more that do not do either", lines[^1]);
        Assert.Equal(7, lines.Length);
    }

    [Fact]
    public async Task Speaks_of_no_more_candidates_when_all_of_them_are_named()
    {
        for (var day = 1; day <= 5; day++)
        {
            Manifests.Make(Manifests.Noon.AddDays(-day)).PutInto(store);
        }

        var lines = (await Assert.ThrowsAsync<GateException>(() => DemandAsync())).Message.Split('\n');
        Assert.Equal(6, lines.Length);
        Assert.Equal("  20251007T115800Z-aa: it is 5 d 0 h old, allowed are 1 h 00 min.", lines[^1]);
    }

    private async Task RefusesAsync(string found)
    {
        var exception = await Assert.ThrowsAsync<GateException>(() => DemandAsync());
        Assert.Equal(LookedFor + found, exception.Message);
        Assert.Equal("./build.sh Backup", exception.Hint);
        Assert.Equal(5, exception.ExitCode);
    }

    private async Task<StoredObject> FindDumpAsync() => (await store.FindAsync(fitting.ObjectName, Token))!;

    private Task<BackupProof> DemandAsync(DateTimeOffset? lastMigration = null)
        => DemandAsync(Manifests.Target with { LastChange = lastMigration is { } at ? new LastChange(at, "the last migration") : null });

    private Task<BackupProof> DemandAsync(GateTarget target)
        => new BackupGate(store, new BackupSettings(), timeProvider) { Output = output }.DemandAsync(target, Token);
}
