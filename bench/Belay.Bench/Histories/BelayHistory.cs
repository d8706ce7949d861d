using Belay.Backups;
using Belay.Backups.Proving;
using Belay.Backups.Taking;
using Belay.Bench.Backups;
using Belay.Bench.Measuring;
using Belay.Gate;
using Belay.History;
using Belay.Layouts;
using Belay.Migrations;
using Belay.Postgres;
using Belay.Settings;
using Belay.Storage;
using Belay.Storage.Kinds;

namespace Belay.Bench.Histories;

/// <summary>Belay's runner, behind a real backup of the empty database and the gate. Backup and proof are not timed.</summary>
internal sealed class BelayHistory(PostgresPlace place) : IHistoryTool
{
    public string Name => "Belay";

    public async Task<(int Applied, string? Failure, WorkCost Cost)> RunAsync(
        History history, DatabaseTarget database, CancellationToken cancellationToken)
    {
        var proof = await ProveAsync(database, cancellationToken);
        var runner = new MigrationRunner(new DatabaseConnector(database), history.Settings, new ErrorOutput(), TimeProvider.System);
        var clock = new WorkClock(place);
        try
        {
            var outcome = await runner.RunAsync(
                proof, MigrationFolder.Read(history.Settings.Folder, history.Settings.Layout), cancellationToken);
            return (outcome.Applied.Count, null, await clock.ReadAsync(cancellationToken));
        }
        catch (MigrationException exception)
        {
            var cost = await clock.ReadAsync(cancellationToken);
            await using var connection = await new DatabaseConnector(database).OpenAsync("bench", cancellationToken);
            return ((await MigrationHistory.ReadAsync(connection, cancellationToken)).Count, exception.Message, cost);
        }
    }

    private async Task<BackupProof> ProveAsync(DatabaseTarget database, CancellationToken cancellationToken)
    {
        var store = StoreFactory.Open(StoreUrl.Parse(new Uri(place.NewFolder("store")).AbsoluteUri, new StoreOptions()));
        var (settings, output) = (new BackupSettings(), new ErrorOutput());
        var manifest = await new BackupRunner(store, place.Tools, output, TimeProvider.System)
            .RunAsync(new BackupRequest { Database = database, Settings = settings }, cancellationToken);
        await new BackupProver(store, place.Tools, output, TimeProvider.System)
            .ProveAsync(manifest, ProofLevel.Readback, cancellationToken);
        await using var connection = await new DatabaseConnector(database).OpenAsync("bench", cancellationToken);
        var target = await GateTargetReader.ReadAsync(connection, cancellationToken);
        return await new BackupGate(store, settings, TimeProvider.System).DemandAsync(target, cancellationToken);
    }
}
