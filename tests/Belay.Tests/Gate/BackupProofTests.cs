using Belay.Gate;
using Belay.Postgres;
using Belay.Tests.Backups;

namespace Belay.Tests.Gate;

public sealed class BackupProofTests
{
    private static readonly DateTimeOffset Ended = Manifests.Noon.AddMinutes(-10);

    [Fact]
    public async Task Fits_the_database_that_the_gate_saw()
    {
        await using var proof = Proof();
        proof.DemandFits(Manifests.Target);
    }

    [Theory]
    [InlineData("7300000000000000002", 16384u, "app")]
    [InlineData("7300000000000000001", 16385u, "app")]
    [InlineData("7300000000000000001", 16384u, "shop")]
    public async Task Does_not_fit_another_server_another_number_or_another_name(string system, uint oid, string name)
    {
        var other = new DatabaseIdentity(system, oid, name);
        await using var proof = Proof();

        var refusal = Assert.Throws<GateException>(() => proof.DemandFits(Manifests.Target with { Database = other }));

        Assert.Equal(
            $"Backup {proof.Backup.Id} does not stand behind {other}: it is of another database: {Manifests.App}. Nothing was changed.",
            refusal.Message);
        Assert.Equal(("./build.sh Backup takes a new one", ExitCodes.GateRefused), (refusal.Hint, refusal.ExitCode));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Does_not_fit_a_database_that_was_changed_at_or_after_its_snapshot(int seconds)
    {
        await using var proof = Proof();
        var changed = proof.Backup.SnapshotUtc.AddSeconds(seconds);

        var refusal = Assert.Throws<GateException>(
            () => proof.DemandFits(Manifests.Target with { LastChange = new LastChange(changed, "the last migration") }));

        Assert.Equal(
            $"Backup {proof.Backup.Id} does not stand behind {Manifests.App}: its snapshot ({Quantity.Utc(proof.Backup.SnapshotUtc)}) is "
                + $"not after the last migration ({Quantity.Utc(changed)}). Nothing was changed.",
            refusal.Message);
    }

    [Fact]
    public async Task Fits_a_database_that_was_changed_before_its_snapshot()
    {
        await using var proof = Proof();
        proof.DemandFits(
            Manifests.Target with { LastChange = new LastChange(proof.Backup.SnapshotUtc.AddSeconds(-1), "the last migration") });
    }

    [Fact]
    public async Task Names_everything_that_does_not_fit()
    {
        await using var proof = Proof();
        var other = Manifests.App with { Oid = 99 };

        var refusal = Assert.Throws<GateException>(
            () => proof.DemandFits(
                Manifests.Target with { Database = other, LastChange = new LastChange(Manifests.Noon, "the last migration") }));

        Assert.Equal(
            $"Backup {proof.Backup.Id} does not stand behind {other}: it is of another database: {Manifests.App}; its snapshot "
                + "(2025-10-12 11:48:00 UTC) is not after the last migration (2025-10-12 12:00:00 UTC). Nothing was changed.",
            refusal.Message);
    }

    [Fact]
    public async Task Sums_up_a_backup_whose_server_did_not_tell_its_address()
    {
        await using var proof = new BackupProof(Manifests.Make(Ended) with { Origin = null }, Manifests.Noon);
        Assert.Equal(
            "backup 20251012T114800Z-aa of app on a server without address, 10 min 00 s old, proven by readback", proof.Summary);
    }

    private static BackupProof Proof() => new(Manifests.Make(Ended), Manifests.Noon);
}
