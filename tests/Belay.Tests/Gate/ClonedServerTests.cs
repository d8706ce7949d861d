using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Gate;
using Belay.Postgres;
using Belay.Tests.Backups;
using Belay.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Gate;

/// <summary>A physical copy of a cluster has the same identifier, oids and names; its backup must not
/// open the gate of the original.</summary>
public sealed class ClonedServerTests
{
    private static readonly ServerOrigin Here = Manifests.Origin;

    private readonly MemoryStore store = new();
    private readonly BackupManifest backup = Manifests.Make(Manifests.Noon.AddMinutes(-10));

    [Fact]
    public async Task Refuses_a_snapshot_that_is_ahead_of_the_servers_log()
        => Assert.Equal(
            "its snapshot is at 0/1000000 of the write-ahead log, and this server's log ends at 0/FFFFFF: it was taken on a copy of the "
                + "cluster (10.0.0.5:5432).",
            await RefusalAsync(backup, new ServerPosition(Here, "0/FFFFFF")));

    [Fact]
    public async Task Refuses_a_snapshot_of_another_timeline()
        => Assert.Equal(
            "its snapshot is on timeline 1 of the write-ahead log, and this server is on 2: it was taken on another copy of the cluster, "
                + "or before a promotion.",
            await RefusalAsync(backup, new ServerPosition(Here with { Timeline = 2 }, "0/2000000")));

    [Fact]
    public async Task Refuses_a_snapshot_of_another_server_that_ran_at_the_same_time()
        => Assert.Equal(
            "it was taken on another server, a standby or a copy of the cluster (10.0.0.5:5432, started 2025-09-12 12:00:00 UTC; this one "
                + "is 10.0.0.6:5432, started 2025-10-02 12:00:00 UTC).",
            await RefusalAsync(
                backup,
                new ServerPosition(Here with { Address = "10.0.0.6:5432", StartedUtc = Manifests.Noon.AddDays(-10) }, "0/2000000")));

    [Fact]
    public async Task Refuses_a_snapshot_of_the_very_moment_in_which_this_server_was_started()
        => Assert.StartsWith(
            "it was taken on another server, a standby or a copy of the cluster (10.0.0.5:5432, started ",
            await RefusalAsync(backup, new ServerPosition(Here with { StartedUtc = backup.SnapshotUtc }, "0/2000000")),
            StringComparison.Ordinal);

    [Fact]
    public async Task Refuses_a_snapshot_from_before_the_start_at_another_address()
        => Assert.Equal(
            "it was taken before the server was started, at another address (10.0.0.5:5432, started 2025-09-12 12:00:00 UTC; this one is "
                + "10.0.0.6:5432, started 2025-10-12 11:59:00 UTC).",
            await RefusalAsync(
                backup,
                new ServerPosition(Here with { Address = "10.0.0.6:5432", StartedUtc = Manifests.Noon.AddMinutes(-1) }, "0/2000000")));

    [Theory]
    [InlineData("10.0.0.5:5432")]
    [InlineData("socket:5432")]
    public async Task Lets_pass_after_a_restart_at_the_same_address(string address)
    {
        backup.PutInto(store);
        await using var proof = await DemandAsync(
            Manifests.App, new ServerPosition(Here with { Address = address, StartedUtc = Manifests.Noon.AddMinutes(-1) }, "0/2000000"));
        Assert.Equal(backup.Id, proof.Backup.Id);
    }

    [Fact]
    public async Task Lets_pass_where_the_server_tells_neither_its_log_nor_its_timeline()
    {
        (backup with { SnapshotLsn = null, Origin = Here with { Timeline = null } }).PutInto(store);
        await using var proof = await DemandAsync(Manifests.App, new ServerPosition(Here with { Timeline = null }, null));
        Assert.Equal(backup.Id, proof.Backup.Id);
    }

    [Fact]
    public async Task Takes_an_identifier_that_nobody_may_read_for_equal_only_on_the_same_running_server()
    {
        var unknown = Manifests.App with { SystemIdentifier = DatabaseReader.UnknownSystem };
        var stored = backup with { Database = unknown };
        var restarted = new ServerPosition(Here with { StartedUtc = Manifests.Noon.AddMinutes(-1) }, "0/2000000");
        Assert.StartsWith(
            "nobody may read the cluster's identifier, and it was taken before the server was started, or on another one (",
            await RefusalAsync(stored, restarted, unknown),
            StringComparison.Ordinal);
        await using var proof = await DemandAsync(unknown, new ServerPosition(Here, "0/2000000"));
        Assert.Equal(backup.Id, proof.Backup.Id);
    }

    [Fact]
    public async Task Refuses_a_manifest_that_does_not_say_on_which_server_it_was_taken()
        => Assert.Equal(
            "its manifest has format 2, which does not say on which server it was taken; take a new backup.",
            await RefusalAsync(backup with { Format = 2, Origin = null }, new ServerPosition(Here, "0/2000000")));

    private Task<BackupProof> DemandAsync(DatabaseIdentity database, ServerPosition server)
        => new BackupGate(store, new BackupSettings(), new FakeTimeProvider(Manifests.Noon))
            .DemandAsync(new GateTarget { Database = database, Server = server, Tables = 2 }, Token);

    private async Task<string> RefusalAsync(BackupManifest stored, ServerPosition server, DatabaseIdentity? database = null)
    {
        stored.PutInto(store);
        var refusal = await Assert.ThrowsAsync<GateException>(() => DemandAsync(database ?? Manifests.App, server));
        return refusal.Message.Split($"\n  {stored.Id}: ")[1];
    }
}
