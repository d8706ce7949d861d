using Belay.Backups;
using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Settings;
using Belay.Storage;

namespace Belay.IntegrationTests.Backups;

/// <summary>A folder store and what takes and proves backups in it, for one test.</summary>
internal sealed class BackupBench(PostgresTools tools) : IDisposable
{
    private readonly string folder = RepositoryFolder.NewFolder("backups");

    public TestOutput Output { get; } = new();

    public string StoreFolder => Path.Combine(folder, "store");

    public FolderStore Store => new(new FolderStoreLocation { Folder = StoreFolder }, TimeProvider.System);

    public BackupProver Prover => new(Store, tools, Output, TimeProvider.System) { ScratchFolder = Path.Combine(folder, "scratch") };

    public Task<BackupManifest> TakeAsync(DatabaseTarget target, BackupSettings settings, IBackupStore? store = null, CancellationToken? cancellationToken = null)
        => new BackupRunner(store ?? Store, tools, Output, TimeProvider.System).RunAsync(
            new BackupRequest { Database = target, Settings = settings, TemporaryFolder = folder },
            cancellationToken ?? TestContext.Current.CancellationToken);

    public string PathOf(BackupManifest manifest) => Path.Combine(StoreFolder, manifest.ObjectName);

    /// <summary>The names of everything in the store, whole or partial.</summary>
    public IReadOnlyList<string> Files()
        => Directory.Exists(StoreFolder) ? [.. Directory.EnumerateFiles(StoreFolder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(StoreFolder, path)).Order(StringComparer.Ordinal)] : [];

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
