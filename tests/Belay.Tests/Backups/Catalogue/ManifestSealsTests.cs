using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Gate;
using Belay.Storage;
using Belay.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Backups.Catalogue;

public sealed class ManifestSealsTests
{
    private static readonly BackupKey Key = BackupKey.TryParse(Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray()))!;
    private static readonly BackupKey Other = BackupKey.TryParse(Convert.ToBase64String(Enumerable.Repeat((byte)8, 32).ToArray()))!;

    private readonly BackupManifest plain = Manifests.Make(Manifests.Noon.AddMinutes(-10));
    private readonly MemoryStore store = new() { RecordKey = Key };

    [Fact]
    public async Task Opens_the_gate_only_for_a_manifest_that_was_sealed_with_the_key()
    {
        ManifestSeals.Apply(plain, Key).PutInto(store);
        Assert.Equal(plain.Id, await PassAsync());
    }

    [Fact]
    public async Task Refuses_a_manifest_without_seal()
    {
        plain.PutInto(store);
        Assert.Equal("its manifest is not sealed with RECORD_KEY.", await RefusalAsync());
    }

    [Fact]
    public async Task Refuses_a_manifest_with_a_seal_of_another_key()
    {
        ManifestSeals.Apply(plain, Other).PutInto(store);
        Assert.Equal($"its manifest is sealed with the key {Other.Id}, and RECORD_KEY is {Key.Id}.", await RefusalAsync());
    }

    [Fact]
    public async Task Refuses_a_manifest_that_was_changed_and_hashed_anew_without_the_key()
    {
        (ManifestSeals.Apply(plain, Key) with { Sha256 = new string('0', 64) }).PutInto(store);
        Assert.Equal("the seal of its manifest is not that of RECORD_KEY: somebody changed it without the key.", await RefusalAsync());
    }

    [Fact]
    public async Task Seals_anew_what_it_changes_when_it_was_sealed_before_and_nothing_else()
    {
        ManifestSeals.Apply(plain, Key).PutInto(store);
        var changed = await StoredManifest.UpdateAsync(store, Manifests.NameOf(plain), current => current with { Hold = "audit" }, Token);
        Assert.Null(ManifestSeals.Fault(changed, Key));
        plain.PutInto(store);
        var forged = await StoredManifest.UpdateAsync(store, Manifests.NameOf(plain), current => current with { Hold = "audit" }, Token);
        Assert.Null(forged.Seal);
    }

    [Fact]
    public async Task Does_not_change_a_sealed_manifest_without_the_key()
    {
        var keyless = new MemoryStore();
        ManifestSeals.Apply(plain, Key).PutInto(keyless);
        var fault = await Assert.ThrowsAsync<StoreException>(
            () => StoredManifest.UpdateAsync(keyless, Manifests.NameOf(plain), current => current with { Hold = "audit" }, Token));
        Assert.Equal(
            $"The manifest '{Manifests.NameOf(plain)}' was not changed: its manifest is sealed with the key {Key.Id}, and there is no "
                + "RECORD_KEY.", fault.Message);
        Assert.Equal($"export RECORD_KEY=… or RECORD_KEY_FILE=… with the key {Key.Id}, then run the command again.", fault.Hint);
    }

    [Fact]
    public void Shows_no_key_in_a_seal()
    {
        var text = System.Text.Encoding.UTF8.GetString(ManifestFile.Serialize(ManifestSeals.Apply(plain, Key)));
        Assert.DoesNotContain(Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray()), text, StringComparison.Ordinal);
        Assert.Contains(Key.Id, text, StringComparison.Ordinal);
    }

    private Task<BackupProof> DemandAsync()
        => new BackupGate(store, new BackupSettings(), new FakeTimeProvider(Manifests.Noon)).DemandAsync(Manifests.Target, Token);

    private async Task<string> PassAsync()
    {
        await using var proof = await DemandAsync();
        return proof.Backup.Id;
    }

    private async Task<string> RefusalAsync()
        => (await Assert.ThrowsAsync<GateException>(DemandAsync)).Message.Split($"\n  {plain.Id}: ")[1];
}
