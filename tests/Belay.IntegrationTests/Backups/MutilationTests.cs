using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Backups.Proving;
using Belay.Gate;
using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Backups;

/// <summary>The table of mutilations, for every store: the backup is proven and opens the gate, then it is spoiled,
/// then gate and proof say what is wrong.</summary>
[Long]
public sealed class MutilationTests(PostgresFixture postgres, AzuriteFixture azurite)
{
    private static readonly BackupSettings Plain = new() { Compression = "none" };

    public static TheoryData<string, string> Table()
    {
        var table = new TheoryData<string, string>();
        foreach (var mutilation in Mutilation.All)
        {
            table.Add(mutilation.Title, "folder");
            table.Add(mutilation.Title, "azure");
        }

        return table;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Is_noticed(string title, string kind)
    {
        var mutilation = Mutilation.All.Single(candidate => candidate.Title == title);
        await using var database = await CreateAsync();
        await using var other = await CreateAsync();
        using var bench = new BackupBench(postgres.Tools);
        var backup = await TakeAsync(
            (kind == "folder" ? StoredBytes.Of(bench) : StoredBytes.Of(await azurite.CreateContainerAsync(Token)), bench), database, other);
        var prover = bench.ProverOf(backup.Stored.Store);
        await OpensAsync(backup);

        await mutilation.SpoilAsync(backup);

        await DemandGateAsync(backup, mutilation.Gate);
        var fault = await Assert.ThrowsAnyAsync<BelayException>(() => VerifyAsync(backup, prover, mutilation.Level));
        Assert.Equal(await backup.FillAsync(mutilation.Proof), fault.Message);
        Assert.Equal(4, fault.ExitCode);
        if (mutilation.Left is { } left)
        {
            Assert.Equal(left, (await backup.ReadAsync()).ProofLevel);
        }

        if (mutilation.Left is null or ProofLevel.None)
        {
            await Assert.ThrowsAsync<GateException>(() => GateAsync(backup));
        }
    }

    /// <summary>What ./build.sh VerifyBackup does.</summary>
    private static async Task VerifyAsync(SpoiledBackup backup, BackupProver prover, ProofLevel level)
        => await prover.ProveAsync(
            (await new BackupCatalog(backup.Stored.Store).FindAsync(new BackupChoice(backup.Manifest.Id, null), Token)).Manifest,
            level,
            Token);

    private static async Task DemandGateAsync(SpoiledBackup backup, string? found)
    {
        if (found is null)
        {
            await OpensAsync(backup);
            return;
        }

        var refusal = await Assert.ThrowsAsync<GateException>(() => GateAsync(backup));
        var forged = backup.Manifest.Database with { Oid = 1 };
        Assert.Equal(
            await backup.FillAsync(
                $"No backup lets the migration begin. Looked in {{store}} for a complete backup of {backup.Manifest.Database} with proof "
                    + $"level readback, not older than 1 h 00 min.\n  {found.Replace("{forged}", $"{forged}", StringComparison.Ordinal)}"),
            refusal.Message);
    }

    private static async Task OpensAsync(SpoiledBackup backup)
    {
        await using var proof = await GateAsync(backup);
        Assert.Equal(backup.Manifest.Id, proof.Backup.Id);
    }

    private static Task<BackupProof> GateAsync(SpoiledBackup backup)
        => new BackupGate(backup.Stored.Store, new BackupSettings(), TimeProvider.System)
            .DemandAsync(GateTargets.Of(backup.Manifest), Token);

    private static async Task<SpoiledBackup> TakeAsync(
        (StoredBytes Stored, BackupBench Bench) place, TestDatabase database, TestDatabase other)
    {
        var store = place.Stored.Store;
        var twin = await place.Bench.TakeAsync(database.Target, Plain, store);
        await database.ExecuteAsync("UPDATE noise SET text = upper(text)", Token);
        var backup = await place.Bench.TakeAsync(database.Target, Plain, store);
        var stranger = await place.Bench.TakeAsync(other.Target, Plain, store);
        return new SpoiledBackup(
            place.Stored, await place.Bench.ProverOf(store).ProveAsync(backup, ProofLevel.Readback, Token), twin, stranger);
    }

    private async Task<TestDatabase> CreateAsync()
    {
        var database = await postgres.CreateDatabaseAsync(Token);
        var owner = (await database.CreateRoleAsync(Token)).Username;
        await database.ExecuteAsync(
            $"""
            CREATE TABLE numbers AS SELECT i AS id FROM generate_series(1, 10) i;
            CREATE TABLE noise AS SELECT 'x' || md5(i::text) AS text FROM generate_series(1, 100) i;
            ALTER TABLE numbers OWNER TO {owner};
            """,
            Token);
        return database;
    }
}
