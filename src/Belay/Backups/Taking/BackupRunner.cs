using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Belay.Backups.Catalogue;
using Belay.Backups.Compression;
using Belay.Backups.Parts;
using Belay.Postgres;
using Belay.Settings;
using Belay.Storage;

namespace Belay.Backups.Taking;

/// <summary>Takes a backup: dump into the store, then, last, the manifest that makes it a backup.</summary>
/// <param name="tools">pg_dump, pg_dumpall and pg_restore; not older than the server.</param>
public sealed class BackupRunner(IBackupStore store, PostgresTools tools, IReleaseOutput output, TimeProvider timeProvider)
{
    private static readonly string[] Programs = ["pg_dump", "pg_restore"];

    /// <summary>Takes the backup, proven to the level <see cref="ProofLevel.Transport"/>. On any fault
    /// nothing is left that looks like a backup.</summary>
    /// <param name="cancellationToken">Stops the backup: pg_dump is killed, its session ended, nothing committed.</param>
    /// <exception cref="BackupException">pg_dump failed, its archive lacks tables, or the store has a
    /// backup of this database from the future.</exception>
    /// <exception cref="StoreException">The store refused or failed.</exception>
    /// <exception cref="SettingsException">The compression is not known, or several workers are
    /// asked for with encryption.</exception>
    public async Task<BackupManifest> RunAsync(BackupRequest request, CancellationToken cancellationToken)
    {
        if (request.Settings.Parallel > 1 && store.Encryption is not null)
        {
            throw new SettingsException(
                "An encrypted dump is one object: --parallel cannot be used with BACKUP_KEY or BACKUP_KEY_FILE",
                "./build.sh Backup without --parallel");
        }

        await DemandProgramsAsync(cancellationToken);
        var codec = await CodecChoice.MakeAsync(request.Settings.Compression, tools, output, cancellationToken);
        var started = timeProvider.GetUtcNow();
        var id = BackupName.Id(started, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)));
        await using var session = await OpenAsync(request.Database, started, cancellationToken);
        var plan = new BackupPlan(id, started, codec, session) { TimeProvider = timeProvider };
        DemandCountable(request.Settings, session.Facts.Server.SizeBytes);
        if (session.Facts.Tables.Count == 0)
        {
            output.Warn($"The database {session.Facts.Identity.Name} has no table, and so its backup has none.");
        }

        await using var environment = await LibpqEnvironment.CreateAsync(
            request.Database with { Hosts = [session.Host] }, $"belay backup {id}", cancellationToken);
        var sameServer = new DatabaseConnector(request.Database with { Hosts = [session.Host] });
        try
        {
            return await StoreAsync(
                new DumpTarget(request, plan, new TransferProgress("Dumped", output, timeProvider)
                {
                    Expected = session.Facts.Server.SizeBytes,
                    Estimate = "a database of",
                }),
                environment.Variables,
                cancellationToken);
        }
        catch
        {
            await DumpSessions.EndAsync(sameServer, $"belay backup {id}", (output, timeProvider));
            throw;
        }
    }

    /// <summary>Takes the snapshot while the store is asked: each takes its time for the first answer.</summary>
    private async Task<SnapshotSession> OpenAsync(DatabaseTarget database, DateTimeOffset started, CancellationToken cancellationToken)
    {
        var (session, refusal) = ((SnapshotSession?)null, (ExceptionDispatchInfo?)null);
        try
        {
            await AtOnce.RunAsync(
                [
                    async token => session = await SnapshotSession.OpenAsync(new DatabaseConnector(database), token),
                    async token => refusal = await FindRefusalAsync(database.Database, started, token),
                ],
                cancellationToken);
            if (session!.Facts.Identity.Name is var name && name != database.Database)
            {
                // A pooler calls it otherwise; what the store has by that name is another one's.
                refusal = await FindRefusalAsync(name, started, cancellationToken);
            }

            refusal?.Throw();
            return session;
        }
        catch
        {
            await (session?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
    }

    private async Task<ExceptionDispatchInfo?> FindRefusalAsync(string name, DateTimeOffset started, CancellationToken cancellationToken)
    {
        try
        {
            await BackupClock.DemandAsync(store, name, started, cancellationToken);
            return null;
        }
        catch (BelayException fault)
        {
            return ExceptionDispatchInfo.Capture(fault);
        }
    }

    private async Task<BackupManifest> StoreAsync(
        DumpTarget target, IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken)
    {
        await using var upload = await BeginAsync(target, cancellationToken);
        var dumped = await upload.RunAsync(variables, cancellationToken);
        if (dumped.Warnings.Length > 0)
        {
            output.Warn($"pg_dump: {dumped.Warnings}");
        }

        if (dumped.Rows.HasFailed)
        {
            TellUncounted(target, dumped.Rows);
        }

        var plan = target.Plan;
        StoredDump? stored = null;
        byte[] globals = [];
        try
        {
            await AtOnce.RunAsync(
                [
                    async token => stored = await upload.CommitAsync(token),
                    async token => globals = await new GlobalsDump(tools, output)
                        .ReadAsync(variables, plan.Session.Facts.Definition, token),
                ],
                cancellationToken);
            var roles = await UploadAsync(plan.Stem + BackupName.GlobalsSuffix, globals, cancellationToken);
            var manifest = Describe(target, dumped, (stored!, roles));

            await store.CreateAsync(plan.Stem + BackupName.ManifestSuffix, ManifestFile.Serialize(manifest), cancellationToken);
            await new BackupLabels(store, output).WriteAsync(manifest, cancellationToken);
            return manifest;
        }
        catch
        {
            await (stored is null ? Task.CompletedTask : RemoveAsync(plan, stored));
            throw;
        }
    }

    /// <summary>The first of them runs hours before the second.</summary>
    private async Task DemandProgramsAsync(CancellationToken cancellationToken)
    {
        var faults = await Task.WhenAll(Programs.Select(program => ProgramStart.FaultAsync(tools, program, cancellationToken)));
        if (faults.FirstOrDefault(fault => fault is not null) is { } fault)
        {
            throw new BackupException(
                $"{tools.Folder} has {fault}. Nothing was dumped.",
                "Install all of PostgreSQL's client programs there, or set PG_BIN to a folder that has them.");
        }
    }

    /// <summary>A level that the backup cannot reach is refused before anything is dumped.</summary>
    private static void DemandCountable(BackupSettings settings, long size)
    {
        if (settings.RequiredLevel == ProofLevel.Restored && SnapshotSession.LeftOut(settings.RowCountLimit, size) is { } reason)
        {
            throw new BackupException(
                $"No backup can be proven by restored, which compares the rows: they are not counted ({reason}). Nothing was dumped.",
                "A larger --row-count-limit counts them; --proof-level restored-uncounted does without.");
        }
    }

    /// <summary>What was not counted cannot be compared; a proof that needs no counts still can be had.</summary>
    private void TellUncounted(DumpTarget target, CountedRows rows)
    {
        var fault = $"The rows of {target.Request.Database.DisplayName} could not be counted in the dumped snapshot: {rows.LeftOut}";
        if (target.Request.Settings.RequiredLevel == ProofLevel.Restored)
        {
            throw new BackupException(
                $"{fault}\nNothing was stored, because proof level restored compares the rows.",
                "Run it again, or with --proof-level readback: ./build.sh Backup");
        }

        output.Warn($"{fault}. This backup can be restored, but not be proven by restored.");
    }

    /// <summary>Unlike a small object, an upload is encrypted where the dump is.</summary>
    private async Task<BackupPart> UploadAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        await using var upload = await store.BeginUploadAsync(name, cancellationToken);
        await upload.WriteAsync(content, cancellationToken);
        var stored = await upload.CommitAsync(cancellationToken);
        var size = store.Encryption is null ? content.LongLength : stored.Size;
        return new BackupPart(BackupName.GlobalsFile, name, size, Convert.ToHexStringLower(SHA256.HashData(content)), stored.Version);
    }

    private async Task<IDumpUpload> BeginAsync(DumpTarget target, CancellationToken cancellationToken)
    {
        if (target.Request.Settings.Parallel == 1)
        {
            return await ArchiveUpload.BeginAsync(store, tools, target, cancellationToken);
        }

        DirectoryUpload.Demand(target.Plan.Session.Facts);
        return new DirectoryUpload(store, tools, target, timeProvider);
    }

    private BackupManifest Describe(DumpTarget target, DumpedBytes dumped, (StoredDump Dump, BackupPart? Globals) objects)
    {
        var stored = objects.Dump;
        var plan = target.Plan;
        var facts = plan.Session.Facts;
        var ended = timeProvider.GetUtcNow();
        var single = stored.Parts is [{ File: "" } only] ? only : null;
        return ManifestSeals.Apply(new BackupManifest
        {
            Format = BackupManifest.CurrentFormat,
            Id = plan.Id,
            Database = facts.Identity,
            ServerVersion = facts.Server.VersionText.Split(' ') is [_, var version, ..] ? version : facts.Server.VersionText,
            ToolVersion = tools.Version,
            SnapshotLsn = facts.Position.Lsn,
            Origin = facts.Position.Origin,
            SnapshotUtc = facts.TakenUtc,
            StartedUtc = plan.StartedUtc,
            EndedUtc = ended,
            ObjectName = single?.ObjectName ?? stored.Parts.Single(part => part.File == DumpedFile.Contents).ObjectName,
            ObjectVersion = single?.ObjectVersion,
            Size = stored.Size,
            Encryption = store.Encryption,
            Sha256 = single?.Sha256 ?? StoredDump.HashOf(stored.Parts),
            Parts = single is null ? stored.Parts : null,
            Codec = plan.Codec.ToString(),
            Tables = [.. facts.Tables.Select(table => new BackupTable(table.Oid, table.Name, table.HasRows))],
            RowCounts = dumped.Rows.Counts,
            RowCountsLeftOut = dumped.Rows.LeftOut,
            Sequences = facts.Sequences,
            WriteCounts = facts.Writes?.Tables,
            WritesCountedSince = facts.Writes?.ResetUtc,
            LargeObjects = facts.LargeObjects,
            Owners = facts.Owners,
            Extensions = facts.Extensions,
            Definition = facts.Definition.WithoutSecrets(),
            Globals = objects.Globals,
            LastMigration = dumped.Rows.LastMigration,
            ProofLevel = ProofLevel.Transport,
            Evidence =
            [
                new ProofEvidence(
                    ProofLevel.Transport,
                    ended,
                    [$"{Quantity.Count(stored.Blocks, "block")} accepted", "pg_dump ended with 0", dumped.Contents],
                    target.Progress.Elapsed.TotalSeconds),
            ],
            KeepUntil = ended + target.Request.Settings.Retention,
        }, store.RecordKey);
    }

    /// <summary>The manifest could not be written: takes the dump away again, so that nobody wonders about it.</summary>
    private async Task RemoveAsync(BackupPlan plan, StoredDump dump)
    {
        try
        {
            if (await store.FindAsync(plan.Stem + BackupName.ManifestSuffix, CancellationToken.None) is not null)
            {
                return;
            }

            if (await RemovedObjects.RemoveAsync(store, dump.Objects, CancellationToken.None) is { } fault)
            {
                throw fault;
            }

            if (await store.FindAsync(plan.Stem + BackupName.GlobalsSuffix, CancellationToken.None) is { } globals)
            {
                await store.DeleteAsync(globals, CancellationToken.None);
            }
        }
        catch (StoreException exception)
        {
            output.Warn(
                $"The dump '{dump.Objects[0].Name}' without manifest stays in {store.DisplayName} until ./build.sh CleanupBackups removes "
                    + $"it: {exception.Message}");
        }
    }
}
