using System.Runtime.ExceptionServices;
using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Backups.Proving;
using Belay.Migrations;
using Belay.Postgres;
using Belay.Servers;
using Belay.Settings;
using Belay.Sql;
using Belay.Storage;

namespace Belay.Rehearsal;

/// <summary>Restores a backup into a server of its own and runs the pending migrations there first. The restore counts as a proof of the
/// backup, whatever becomes of the rehearsal.</summary>
/// <param name="store">Where the backup is.</param>
/// <param name="tools">The programs of the backup's version, with the server.</param>
internal sealed class RehearsalRunner(IBackupStore store, PostgresTools tools, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>Where the scratch server lives.</summary>
    public required string ScratchFolder { get; init; }

    /// <summary>Limits and order policy of the release.</summary>
    public required MigrationSettings Settings { get; init; }

    /// <summary>What the database has besides its contents now, with the values that no manifest tells; null when it was not
    /// asked.</summary>
    public DatabaseDefinition? Live { get; init; }

    /// <summary>The programs that restore, where those of the server are too old for the dump; null for the same.</summary>
    public PostgresTools? Restoring { get; init; }

    /// <summary>What the application's role may do in production; null when the database was not asked.</summary>
    public LiveRole? LiveRole { get; init; }

    /// <summary>The server of others that the copy is made on; null for one of our own.</summary>
    public DatabaseTarget? Scratch { get; init; }

    /// <summary>The system identifiers of the servers that are released to, besides that of the backup's own: no copy is made
    /// there.</summary>
    public IReadOnlyList<string> Productive { get; init; } = [];

    /// <summary>What of the application is tried on the copy. The default is nothing.</summary>
    public TriedApplication Application { get; init; } = new();

    /// <summary>Rehearses. The database that the backup is of is not connected to.</summary>
    /// <param name="release">The database as the release connects to it: name and role are those of the copy.</param>
    /// <param name="cancellationToken">Stops it; the scratch server is gone then too.</param>
    /// <returns>What was seen, and the backup as it now is in the store.</returns>
    /// <exception cref="RehearsalException">Something failed on the copy.</exception>
    /// <exception cref="BackupException">The backup does not restore here.</exception>
    public async Task<(RehearsalReport Report, BackupManifest Backup)> RunAsync(
        BackupManifest backup, DatabaseTarget release, IReadOnlyList<Migration> files, CancellationToken cancellationToken)
    {
        RehearsalReport? report = null;
        ExceptionDispatchInfo? fault = null;
        var prover = new BackupProver(store, tools, output, timeProvider)
        {
            ScratchFolder = ScratchFolder,
            MayBeUnrecorded = true,
            Restoring = Restoring,
            Use = new RestoredUse(release.Database, RehearseAsync)
            {
                Meanwhile = new CopyStatistics(new RehearsalOutput(output)).GatherAsync,
            },
            Scratch = Scratch is null ? null : token => BorrowAsync(Scratch, backup, token),
        };
        var proven = await prover.ProveAsync(backup, ProofLevel.RestoredUncounted, cancellationToken);
        fault?.Throw();
        return (report! with { Restore = TimeSpan.FromSeconds(proven.Evidence[^1].Seconds) }, proven);

        async Task<string?> TryAsync(RehearsalRole role, DatabaseTarget copy, IReleaseOutput told, CancellationToken token)
        {
            if (Application.Start(release.Address, told, timeProvider) is not { } application)
            {
                return null;
            }

            if (Application.Role is { } named && LiveRole is null)
            {
                output.Warn($"On the copy {named} is without what it has from other roles, since the database was not asked");
            }

            var test = new CopySmokeTest(application, Application.Smoke, timeProvider) { Limit = Application.CommandTimeout };
            return await test.RunAsync(application.Role is { } own ? await role.LoginAsync(own, token) : copy, token);
        }

        async Task RehearseAsync(IScratchServer server, CancellationToken token)
        {
            try
            {
                var told = new RehearsalOutput(output);
                var role = new RehearsalRole(server.Target(server.NameOf(release.Database)), told)
                {
                    Live = Live,
                    IsOwn = server.IsOwn,
                    LiveRole = LiveRole,
                };
                var copy = await role.PrepareAsync(release.Username, backup.Definition, token);
                var seen = await new CopyRehearsal(server, backup, told, timeProvider) { Copy = copy, Settings = Settings }
                    .RunAsync(files, token);
                report = seen.Migrations.Count == 0 ? seen : seen with { Application = await TryAsync(role, copy, told, token) };
            }
            catch (Exception failure) when (!token.IsCancellationRequested)
            {
                fault = ExceptionDispatchInfo.Capture(Explain(backup, failure));
            }
        }
    }

    private async Task<IScratchServer> BorrowAsync(DatabaseTarget address, BackupManifest backup, CancellationToken cancellationToken)
    {
        var demand = new ScratchDemand
        {
            Major = new PostgresTools("", backup.ServerVersion, HasServer: false).Major,
            Productive = [backup.Database.SystemIdentifier, .. Productive],
            Now = timeProvider.GetUtcNow(),
        };
        return await BorrowedServer.OpenAsync(address, demand, output, cancellationToken);
    }

    private Exception Explain(BackupManifest backup, Exception failure) => failure switch
    {
        BelayException known => new RehearsalException(
            $"The rehearsal failed on a copy restored from backup {backup.Id}; the database itself was not touched.\n{known.Message}",
            known.Hint,
            known),
        Npgsql.NpgsqlException lost => new RehearsalException(
            $"The rehearsal on a copy restored from backup {backup.Id} stopped; the database itself was not touched.\n{lost.Message}",
            Scratch is null
                ? "See that the scratch server has room in .nuke/temp; then ./build.sh Rehearse"
                : "See that the server of SCRATCH_URL takes connections and has room; then ./build.sh Rehearse",
            lost),
        _ => failure,
    };
}
