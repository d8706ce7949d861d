using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Tests.Support;

namespace Belay.Tests.Backups.Catalogue;

public sealed class BackupImmutabilityTests
{
    private readonly MemoryStore store = new();
    private readonly BackupManifest backup = Manifests.Make(Manifests.Noon);

    public BackupImmutabilityTests() => backup.PutInto(store);

    private BackupManifest Stored => ManifestFile.Parse("manifest", store.Bytes(Manifests.NameOf(backup)));

    [Fact]
    public async Task Notes_what_the_store_reports()
    {
        store.ReportedImmutability = until => until;
        var changed = await DemandAsync();
        Assert.Equal(backup.KeepUntil, changed.ImmutableUntil);
        Assert.Equal(backup.KeepUntil, Stored.ImmutableUntil);
    }

    [Fact]
    public async Task Claims_nothing_when_the_store_reports_no_policy()
        => await RefusesAsync("memory://store reports no immutability policy for its dump");

    [Fact]
    public async Task Claims_nothing_when_the_store_reports_a_shorter_policy()
    {
        store.ReportedImmutability = until => until.AddDays(-1);
        await RefusesAsync("memory://store reports a policy until 2025-10-18 12:00:00 UTC only");
    }

    [Fact]
    public async Task Claims_nothing_when_the_store_refuses_the_policy()
    {
        store.ReportedImmutability = _ => throw new Belay.Storage.StoreException("Cannot make it immutable.");
        await RefusesAsync("Cannot make it immutable");
    }

    private async Task RefusesAsync(string reason)
    {
        var fault = await Assert.ThrowsAsync<BackupException>(DemandAsync);
        Assert.Equal(
            $"Backup {backup.Id} is proven, but not immutable until 2025-10-19 12:00:00 UTC as demanded: {reason}.", fault.Message);
        Assert.Equal(
            "The container needs version-level immutability support, and the signature or role the right to set immutability policies; or "
                + "run without --immutable.", fault.Hint);
        Assert.Equal(4, fault.ExitCode);
        Assert.Equal((null, ProofLevel.Readback), (Stored.ImmutableUntil, Stored.ProofLevel));
    }

    private Task<BackupManifest> DemandAsync() => new BackupImmutability(store).DemandAsync(backup, Token);
}
