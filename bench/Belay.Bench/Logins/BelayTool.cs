using Belay.Backups;
using Belay.Backups.Proving;
using Belay.Backups.Taking;
using Belay.Gate;
using Belay.Layouts;
using Belay.Migrations;
using Belay.Postgres;
using Belay.Storage;
using Belay.Storage.Folder;
using Belay.Storage.Kinds;

namespace Belay.Bench.Logins;

/// <summary>Belay's runner behind its gate: the permit comes from a backup in a folder that was read back.</summary>
internal sealed class BelayTool : IMigrationTool
{
    private readonly LoginsPlace place;
    private readonly IReleaseOutput output;
    private readonly IBackupStore store;
    private readonly MigrationSettings settings;

    private BelayTool(LoginsPlace place, IReleaseOutput output)
    {
        this.place = place;
        this.output = output;
        store = StoreFactory.Open(new FolderStoreLocation { Folder = place.NewFolder("store") });
        settings = new MigrationSettings { Folder = place.NewFolder("migrations") };
        File.WriteAllText(Path.Combine(settings.Folder, LoginsMigration.FileName), LoginsMigration.Text);
    }

    public string Name => "Belay";

    /// <summary>Takes the backup that stands behind all runs and proves it.</summary>
    public static async Task<BelayTool> CreateAsync(LoginsPlace place, IReleaseOutput output, CancellationToken cancellationToken)
    {
        var tool = new BelayTool(place, output);
        var request = new BackupRequest
        {
            Database = place.Owner,
            Settings = new BackupSettings(),
            TemporaryFolder = place.NewFolder("backup"),
        };
        var manifest = await new BackupRunner(tool.store, place.Tools, output, TimeProvider.System).RunAsync(request, cancellationToken);
        await new BackupProver(tool.store, place.Tools, output, TimeProvider.System)
            .ProveAsync(manifest, ProofLevel.Readback, cancellationToken);
        return tool;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var connector = new DatabaseConnector(place.Owner);
        GateTarget target;
        await using (var connection = await connector.OpenAsync("bench", cancellationToken))
        {
            target = await GateTargetReader.ReadAsync(connection, cancellationToken);
        }

        await using var proof = await new BackupGate(store, new BackupSettings(), TimeProvider.System)
            .DemandAsync(target, cancellationToken);
        await new MigrationRunner(connector, settings, output, TimeProvider.System)
            .RunAsync(proof, MigrationFolder.Read(settings.Folder), cancellationToken);
    }
}
