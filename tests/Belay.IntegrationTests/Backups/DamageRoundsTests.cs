using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Backups.Taking;
using Belay.Gate;
using Belay.IntegrationTests.Support;
using Belay.Retention;

namespace Belay.IntegrationTests.Backups;

/// <summary>Damage drawn by chance: whatever it is, the gate opens for no damaged backup, and a cleanup
/// leaves the newest good one.</summary>
public sealed class DamageRoundsTests(PostgresFixture postgres, AzuriteFixture azurite)
{
    // Each kind of damage once, and some once more. The seed of a round is its number, so that a higher number only adds rounds.
    private const int Rounds = 16;

    private static readonly (string Title, Func<PlantedStore, PlantedBackup, Random, Task> DamageAsync)[] Damages =
    [
        ("a bit of the dump flipped", (store, backup, random) => ChangeAsync(store, DumpOf(backup, random), bytes => Flip(bytes, random))),
        (
            "the dump cut",
            (store, backup, random) => ChangeAsync(store, DumpOf(backup, random), bytes => bytes[..random.Next(bytes.Length)])),
        (
            "the dump replaced by noise as long",
            (store, backup, random) => ChangeAsync(store, DumpOf(backup, random), bytes => Noise(bytes.Length, random))),
        (
            "the dump written again as it was and longer",
            (store, backup, random) => ChangeAsync(store, DumpOf(backup, random), bytes => [.. bytes, 0])),
        ("the dump removed", (store, backup, random) => store.Stored.DeleteAsync(DumpOf(backup, random))),
        ("the manifest removed", (store, backup, _) => store.Stored.DeleteAsync(StoredManifest.NameOf(backup.Manifest))),
        (
            "a byte of the manifest changed",
            (store, backup, random) => ChangeAsync(store, StoredManifest.NameOf(backup.Manifest), bytes => Flip(bytes, random))),
        ("manifests exchanged", SwapManifestsAsync),
        ("dumps exchanged", SwapDumpsAsync),
        ("roles emptied", (store, backup, _) => store.Stored.WriteAsync(backup.Manifest.GlobalsName!, [])),
        ("roles changed", (store, backup, random) => ChangeAsync(store, backup.Manifest.GlobalsName!, bytes => Flip(bytes, random))),
        ("roles removed", (store, backup, _) => store.Stored.DeleteAsync(backup.Manifest.GlobalsName!)),
        ("an object renamed", RenameAsync),
    ];

    [Theory]
    [InlineData("folder")]
    [InlineData("azure")]
    public async Task Opens_no_gate_and_loses_no_good_backup(string kind)
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync(
            "CREATE TABLE a AS SELECT generate_series(1, 500) AS id; CREATE TABLE b AS SELECT md5(i::text) AS text FROM "
                + "generate_series(1, 500) i", Token);
        var taken = new[]
        {
            await TakeAsync(database, 12, 1),
            await TakeAsync(database, 11, 2),
            await TakeAsync(database, 10, 1),
            await TakeAsync(database, 0, 2),
        };
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random(round);
            using var bench = new BackupBench(postgres.Tools);
            var store = await PlantedStore.PlantAsync(
                kind == "folder" ? StoredBytes.Of(bench) : StoredBytes.Of(await azurite.CreateContainerAsync(Token)), taken);
            var victim = store.Backups[random.Next(3) == 0 ? random.Next(store.Backups.Count) : ^1];
            var (title, damageAsync) = Damages[round % Damages.Length];
            await damageAsync(store, victim, random);
            await SurvivesAsync(store, $"round {round}, {kind}: {title} of {victim.Manifest.Id}");
        }
    }

    private static async Task SurvivesAsync(PlantedStore store, string round)
    {
        var good = await store.NewestGoodAsync();
        var newest = store.Backups[^1];
        if (await OpensAsync(store))
        {
            Assert.True(await store.IsGoodAsync(newest), $"The gate opened: {round}");
        }

        try
        {
            await new RetentionRunner(store.Stored.Store, new TestOutput(), TimeProvider.System).RunAsync(new RetentionSettings(), Token);
        }
        catch (BackupException)
        {
            // It found the damage; what it deleted is looked at.
        }

        Assert.True(good is null || await store.IsGoodAsync(good), $"The last good backup is gone: {round}");
    }

    private static async Task<bool> OpensAsync(PlantedStore store)
    {
        try
        {
            await using var proof = await new BackupGate(store.Stored.Store, new BackupSettings(), TimeProvider.System)
                .DemandAsync(GateTargets.Of(store.Backups[^1].Manifest), Token);
            return true;
        }
        catch (GateException)
        {
            return false;
        }
    }

    private async Task<PlantedBackup> TakeAsync(TestDatabase database, int daysAgo, int workers)
    {
        using var bench = new BackupBench(postgres.Tools);
        var request = new BackupRequest
        {
            Database = database.Target,
            Settings = new BackupSettings { Parallel = workers, Compression = "none" },
            TemporaryFolder = bench.Prover.ScratchFolder,
        };
        Directory.CreateDirectory(request.TemporaryFolder);
        var manifest = await new BackupRunner(bench.Store, postgres.Tools, bench.Output, TimeProvider.System).RunAsync(request, Token);
        var proven = await bench.Prover.ProveAsync(manifest, ProofLevel.Readback, Token);
        var objects = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var part in proven.HashedObjects)
        {
            objects[part.ObjectName] = await File.ReadAllBytesAsync(bench.PathOf(part), Token);
        }

        var ended = proven.EndedUtc.AddDays(-daysAgo);
        return new PlantedBackup(proven with { UsedUtc = null, EndedUtc = ended, KeepUntil = ended.AddDays(7) }, objects);
    }

    private static string DumpOf(PlantedBackup backup, Random random)
        => backup.Manifest.DumpParts[random.Next(backup.Manifest.DumpParts.Count)].ObjectName;

    private static byte[] Flip(byte[] bytes, Random random)
    {
        var changed = bytes.ToArray();
        changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    private static byte[] Noise(int length, Random random)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    private static async Task ChangeAsync(PlantedStore store, string name, Func<byte[], byte[]> change)
        => await store.Stored.WriteAsync(name, change(await store.Stored.ReadAsync(name)));

    private static async Task SwapManifestsAsync(PlantedStore store, PlantedBackup backup, Random random)
        => await SwapAsync(store, StoredManifest.NameOf(backup.Manifest), StoredManifest.NameOf(Other(store, backup, random).Manifest));

    private static async Task SwapDumpsAsync(PlantedStore store, PlantedBackup backup, Random random)
        => await SwapAsync(store, DumpOf(backup, random), DumpOf(Other(store, backup, random), random));

    private static async Task SwapAsync(PlantedStore store, string one, string other)
    {
        var (first, second) = (await store.Stored.ReadAsync(one), await store.Stored.ReadAsync(other));
        await store.Stored.WriteAsync(one, second);
        await store.Stored.WriteAsync(other, first);
    }

    private static async Task RenameAsync(PlantedStore store, PlantedBackup backup, Random random)
    {
        var name = backup.Objects.Keys.ElementAt(random.Next(backup.Objects.Count));
        var bytes = await store.Stored.ReadAsync(name);
        await store.Stored.DeleteAsync(name);
        await using var upload = await store.Stored.Store.BeginUploadAsync(name + "1", Token);
        await upload.WriteAsync(bytes, Token);
        await upload.CommitAsync(Token);
    }

    private static PlantedBackup Other(PlantedStore store, PlantedBackup backup, Random random)
    {
        var others = store.Backups.Where(candidate => candidate.Manifest.Id != backup.Manifest.Id).ToList();
        return others[random.Next(others.Count)];
    }
}
