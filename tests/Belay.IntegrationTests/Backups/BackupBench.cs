using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Backups.Proving;
using Belay.Backups.Taking;
using Belay.Gate;
using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Settings;
using Belay.Storage;
using Belay.Storage.Folder;

namespace Belay.IntegrationTests.Backups;

/// <summary>A folder store and what takes and proves backups in it, for one test.</summary>
internal sealed class BackupBench : IDisposable
{
    private readonly string folder = TestFolder.New("backups");
    private readonly PostgresTools tools;

    public BackupBench(PostgresTools tools)
    {
        this.tools = tools;
        Directory.CreateDirectory(StoreFolder);
    }

    /// <summary>Where scratch servers and the parts of a parallel dump lie.</summary>
    public string ScratchFolder => Path.Combine(folder, "scratch");

    public TestOutput Output { get; } = new();

    public string StoreFolder => Path.Combine(folder, "store");

    public FolderStore Store => new(new FolderStoreLocation { Folder = StoreFolder }, TimeProvider.System);

    public BackupProver Prover => ProverOf(Store);

    public BackupProver ProverOf(IBackupStore store) => new(store, tools, Output, TimeProvider.System) { ScratchFolder = ScratchFolder };

    public Task<BackupManifest> TakeAsync(
        DatabaseTarget target, BackupSettings settings, IBackupStore? store = null, CancellationToken? cancellationToken = null)
        => new BackupRunner(store ?? Store, tools, Output, TimeProvider.System).RunAsync(
            new BackupRequest { Database = target, Settings = settings, TemporaryFolder = folder },
            cancellationToken ?? Token);

    public string PathOf(BackupManifest manifest) => Path.Combine(StoreFolder, manifest.ObjectName);

    public string PathOfManifest(BackupManifest manifest) => Path.Combine(StoreFolder, StoredManifest.NameOf(manifest));

    /// <summary>What the store says now of a backup's proof.</summary>
    public async Task<BackupManifest> ReadAsync(BackupManifest manifest)
        => ManifestFile.Parse(manifest.Id, await File.ReadAllBytesAsync(PathOfManifest(manifest), Token));

    /// <summary>The gate's whole message, with the settings' defaults unless others are given.</summary>
    public async Task<string> RefusalAsync(
        DatabaseIdentity database, DateTimeOffset? lastMigration = null, TimeProvider? timeProvider = null)
        => (await Assert.ThrowsAsync<GateException>(() => GateAsync(database, lastMigration, timeProvider))).Message;

    private async Task<BackupProof> GateAsync(
        DatabaseIdentity database, DateTimeOffset? lastMigration = null, TimeProvider? timeProvider = null)
    {
        var backups = (await new BackupCatalog(Store).ReadAsync(Token)).Backups;
        var server = backups.Count > 0
            ? GateTargets.Of(backups[0].Manifest, lastMigration).Server
            : new ServerPosition(new ServerOrigin("socket:1", DateTimeOffset.UnixEpoch, null), null);
        var target = new GateTarget
        {
            Database = database,
            Server = server,
            LastChange = lastMigration is { } at ? new LastChange(at, "the last migration") : null,
        };
        return await new BackupGate(Store, new BackupSettings(), timeProvider ?? TimeProvider.System)
            .DemandAsync(target, Token);
    }

    /// <summary>The id of the backup that opens the gate.</summary>
    public async Task<string> PassAsync(DatabaseIdentity database, DateTimeOffset? lastMigration = null, TimeProvider? timeProvider = null)
    {
        await using var proof = await GateAsync(database, lastMigration, timeProvider);
        return proof.Backup.Id;
    }

    /// <summary>How a refusal begins.</summary>
    public string LookedFor(DatabaseIdentity database)
        => $"No backup lets the migration begin. Looked in {Store.DisplayName} for a complete backup of {database} with proof level "
            + "readback, not older than 1 h 00 min.\n  ";

    /// <summary>The names of everything in the store, whole or partial.</summary>
    public IReadOnlyList<string> Files()
        => Directory.Exists(StoreFolder)
            ? [
                .. Directory.EnumerateFiles(StoreFolder, "*", SearchOption.AllDirectories)
                    .Select(path => Path.GetRelativePath(StoreFolder, path))
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    public string PathOf(BackupPart part) => Path.Combine(StoreFolder, part.ObjectName);

    /// <summary>The folders that parallel dumps work in.</summary>
    public IReadOnlyList<string> WorkFolders() => [.. Directory.EnumerateDirectories(folder, "belay-dump-*")];

    /// <summary>Files outside the store: what a backup works with while it runs.</summary>
    public IReadOnlyList<string> Temporary() => [.. Directory.EnumerateFiles(folder)];

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
