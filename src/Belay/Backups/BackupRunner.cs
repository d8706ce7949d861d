using System.Security.Cryptography;
using Belay.Backups.Compression;
using Belay.Postgres;
using Belay.Storage;

namespace Belay.Backups;

/// <summary>Takes a backup: dump into the store, then, last, the manifest that makes it a backup.</summary>
/// <param name="store">Where it goes.</param>
/// <param name="tools">pg_dump, pg_dumpall and pg_restore; not older than the server.</param>
/// <param name="output">Where progress and warnings go.</param>
/// <param name="timeProvider">The clock of start and end.</param>
public sealed class BackupRunner(IBackupStore store, PostgresTools tools, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>Takes the backup, proven to the level <see cref="ProofLevel.Transport"/>. On any fault nothing is left that looks like a backup.</summary>
    /// <param name="request">What and how.</param>
    /// <param name="cancellationToken">Stops the backup: pg_dump is killed, its session ended, nothing committed.</param>
    /// <exception cref="BackupException">pg_dump failed, its archive lacks tables, or the store has a backup of this database from the future.</exception>
    /// <exception cref="StoreException">The store refused or failed.</exception>
    /// <exception cref="Settings.SettingsException">The compression is not known.</exception>
    public async Task<BackupManifest> RunAsync(BackupRequest request, CancellationToken cancellationToken)
    {
        var codec = DumpCodec.Parse(request.Settings.Compression);
        var started = timeProvider.GetUtcNow();
        var id = BackupName.Id(started, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)));
        var connector = new DatabaseConnector(request.Database);
        await using var session = await SnapshotSession.OpenAsync(connector, cancellationToken);
        await BackupClock.DemandAsync(store, session.Facts.Identity.Name, started, cancellationToken);
        var plan = new BackupPlan(id, started, codec, session);
        await using var environment = await LibpqEnvironment.CreateAsync(request.Database with { Hosts = [session.Host] }, $"belay backup {id}", cancellationToken);
        var sameServer = new DatabaseConnector(request.Database with { Hosts = [session.Host] });
        try
        {
            return await StoreAsync(request, plan, environment.Variables, cancellationToken);
        }
        catch
        {
            await DumpSessions.EndAsync(sameServer, $"belay backup {id}", (output, timeProvider));
            throw;
        }
    }

    private async Task<BackupManifest> StoreAsync(BackupRequest request, BackupPlan plan, IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken)
    {
        var progress = new TransferProgress("Dumped", output, timeProvider);
        await using var upload = await store.BeginUploadAsync(plan.Stem + plan.Codec.Extension, cancellationToken);
        var dumped = await new DumpRun(tools, request, plan.Session, progress).RunAsync(plan.Codec, variables, upload, cancellationToken);
        if (dumped.Warnings.Length > 0)
        {
            output.Warn($"pg_dump: {dumped.Warnings}");
        }

        var globals = await GlobalsDump.ReadAsync(tools, variables, output, cancellationToken);
        var stored = await upload.CommitAsync(cancellationToken);
        try
        {
            var manifest = Describe(request, plan, (dumped, stored, upload.AcceptedBlocks, progress.Elapsed), globals is not null);
            if (globals is not null)
            {
                await UploadAsync(manifest.GlobalsObjectName!, globals, cancellationToken);
            }

            await store.CreateAsync(plan.Stem + BackupName.ManifestSuffix, ManifestFile.Serialize(manifest), cancellationToken);
            await new BackupLabels(store, output).WriteAsync(manifest, cancellationToken);
            return manifest;
        }
        catch
        {
            await RemoveAsync(plan, stored);
            throw;
        }
    }

    /// <summary>Unlike a small object, an upload is encrypted where the dump is.</summary>
    private async Task UploadAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        await using var upload = await store.BeginUploadAsync(name, cancellationToken);
        await upload.WriteAsync(content, cancellationToken);
        await upload.CommitAsync(cancellationToken);
    }

    private BackupManifest Describe(BackupRequest request, BackupPlan plan, (DumpedBytes Dumped, StoredObject Object, int Blocks, TimeSpan Elapsed) result, bool hasGlobals)
    {
        var facts = plan.Session.Facts;
        var ended = timeProvider.GetUtcNow();
        return ManifestFile.Seal(new BackupManifest
        {
            Id = plan.Id,
            Database = facts.Identity,
            ServerVersion = facts.Server.VersionText.Split(' ') is [_, var version, ..] ? version : facts.Server.VersionText,
            ToolVersion = tools.Version,
            SnapshotLsn = facts.Lsn,
            SnapshotUtc = facts.TakenUtc,
            StartedUtc = plan.StartedUtc,
            EndedUtc = ended,
            ObjectName = result.Object.Name,
            ObjectVersion = result.Object.Version,
            // Counted here, so that bytes lost on the way are noticed; how long an encrypted dump becomes, only the store says.
            Size = store.Encryption is null ? result.Dumped.Size : result.Object.Size,
            Encryption = store.Encryption,
            Sha256 = result.Dumped.Sha256,
            Codec = plan.Codec.ToString(),
            RowCounts = result.Dumped.Rows.Counts,
            RowCountsLeftOut = result.Dumped.Rows.LeftOut,
            Sequences = facts.Sequences,
            LargeObjects = facts.LargeObjects,
            Owners = facts.Owners,
            Extensions = facts.Extensions,
            GlobalsObjectName = hasGlobals ? plan.Stem + BackupName.GlobalsSuffix : null,
            LastMigration = result.Dumped.Rows.LastMigration,
            ProofLevel = ProofLevel.Transport,
            Evidence = [new ProofEvidence(ProofLevel.Transport, ended, [$"{Quantity.Count(result.Blocks, "block")} accepted", "pg_dump ended with 0", result.Dumped.Contents], result.Elapsed.TotalSeconds)],
            KeepUntil = ended + request.Settings.Retention,
        });
    }

    /// <summary>The manifest could not be written: takes the dump away again, so that nobody wonders about it.</summary>
    private async Task RemoveAsync(BackupPlan plan, StoredObject dump)
    {
        try
        {
            if (await store.FindAsync(plan.Stem + BackupName.ManifestSuffix, CancellationToken.None) is not null)
            {
                return;
            }

            await store.DeleteAsync(dump, CancellationToken.None);
            if (await store.FindAsync(plan.Stem + BackupName.GlobalsSuffix, CancellationToken.None) is { } globals)
            {
                await store.DeleteAsync(globals, CancellationToken.None);
            }
        }
        catch (StoreException exception)
        {
            output.Warn($"The dump '{dump.Name}' without manifest stays in {store.DisplayName} until ./build.sh CleanupBackups removes it: {exception.Message}");
        }
    }
}
