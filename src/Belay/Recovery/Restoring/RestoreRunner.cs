using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Backups.Proving;
using Belay.Backups.Taking;
using Belay.Postgres;
using Belay.Settings;
using Belay.Storage;
using Npgsql;

namespace Belay.Recovery.Restoring;

/// <summary>Restores a backup into a database of its own, compares it with what was dumped, and gives it its name, or the place of
/// another, in one step.</summary>
/// <param name="store">Where the backup is.</param>
/// <param name="output">Takes warnings and progress.</param>
internal sealed class RestoreRunner(IBackupStore store, PostgresTools tools, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>Where the parts of a dump of several workers lie meanwhile.</summary>
    public required string ScratchFolder { get; init; }

    /// <summary>Looks at the server, and at what would be replaced; changes nothing.</summary>
    /// <exception cref="RestoreRefusedException">The restore cannot be done there.</exception>
    /// <exception cref="SettingsException">The name of the new database is too long.</exception>
    /// <exception cref="DatabaseUnreachableException">No server took the connection.</exception>
    public async Task<RestorePreview> PreviewAsync(RestoreRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var connection = await MaintenanceConnection.OpenAsync(request.Target, cancellationToken);
        try
        {
            DemandPrograms(request.Backup, connection.PostgreSqlVersion.Major);
            var server = new RestoreServer(connection);
            if (request.NewName is { } newName)
            {
                await server.DemandNameFitsAsync(newName, cancellationToken);
            }

            await server.DemandMayCreateAsync(cancellationToken);
            await server.DemandRolesAsync(request.Backup, cancellationToken);
            var exists = await server.HasAsync(request.Name, cancellationToken);
            if (!exists)
            {
                return new RestorePreview { Request = request, Exists = false, IsEmpty = false };
            }

            if (request.NewName is not null)
            {
                throw new RestoreRefusedException(
                    $"There is a database {request.Name} already, and --to-new makes a new one. Nothing was touched.",
                    $"Choose another name, or drop it: psql -d postgres -c 'DROP DATABASE {SqlName.Quote(request.Name)}'");
            }

            return await PreviewAsync(connection, request, cancellationToken);
        }
        catch (NpgsqlException fault)
        {
            throw new DatabaseUnreadableException(request.Target, fault);
        }
    }

    /// <summary>Restores.</summary>
    /// <param name="preview">What was shown and confirmed; what it replaces has been backed up.</param>
    /// <param name="cancellationToken">Stops it; nothing of it stays then.</param>
    /// <returns>What was seen.</returns>
    /// <exception cref="RecoveryException">It failed; the message says where the database stands.</exception>
    public async Task<RestoreOutcome> RunAsync(RestorePreview preview, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(preview);
        var request = preview.Request;
        preview.DemandAlone();
        var dump = new ReadableDump(store, tools, request.Backup) { ScratchFolder = ScratchFolder };
        dump.DemandKey();
        await using var use = await new BackupUse(store, output, timeProvider).BeginAsync(request.Backup, cancellationToken);
        await using var connection = await MaintenanceConnection.OpenAsync(request.Target, cancellationToken);
        await RestoringDatabase.SweepAsync(request.Target, connection, output, cancellationToken);
        var database = new RestoringDatabase(connection, DatabaseNames.Restoring(request.Name, timeProvider.GetUtcNow()));
        var restore = new RestoreAttempt(preview, database, output, timeProvider);
        try
        {
            await dump.FindAsync(cancellationToken);
            await restore.FillAsync(connection, dump, cancellationToken);
        }
        catch (Exception fault)
        {
            await restore.DropAsync();
            if (fault is DamagedDumpException)
            {
                await new ProofLoss(store, output, timeProvider).NoteAsync(request.Backup, fault.Message, cancellationToken);
            }

            throw restore.Explain(fault, cancellationToken);
        }

        return await restore.FinishAsync(connection, cancellationToken);
    }

    private void DemandPrograms(BackupManifest backup, int server)
    {
        if (RestorePrograms.FindFault(tools, backup, server) is var (fault, hint))
        {
            throw new RestoreRefusedException($"{fault}. Nothing was touched.", hint);
        }
    }

    private async Task<RestorePreview> PreviewAsync(
        NpgsqlConnection connection, RestoreRequest request, CancellationToken cancellationToken)
    {
        await using var inside = await new DatabaseConnector(request.Target).OpenAsync("restore", cancellationToken);
        var isEmpty = await RestoreServer.IsEmptyAsync(inside, cancellationToken);
        return new RestorePreview
        {
            Request = request,
            Exists = true,
            IsEmpty = isEmpty,
            Losses = isEmpty ? [] : await new RestoreLosses(inside, request.Backup).ReadAsync(timeProvider.GetUtcNow(), cancellationToken),
            Sessions = await DatabaseSessions.ReadAsync(connection, request.Name, cancellationToken),
            PutAside = await new RestoreServer(connection).ReplacedAsync(request.Name, cancellationToken),
            Live = await DefinitionReader.ReadAsync(inside, cancellationToken),
        };
    }
}
