using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Postgres;
using Belay.Servers;
using Belay.Storage;
using Npgsql;

namespace Belay.Backups.Proving;

/// <summary>Proves stored backups: downloads the dump once, hashes it and has pg_restore read it to its end.</summary>
/// <param name="store">Where the backups are.</param>
/// <param name="tools">pg_restore; with a server beside it for <see cref="ProofLevel.Restored"/>.</param>
public sealed class BackupProver(IBackupStore store, PostgresTools tools, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>Where scratch servers live. The default is below the system's folder for temporary files.</summary>
    public string ScratchFolder { get; init; } = Path.Combine(Path.GetTempPath(), "belay-scratch");

    /// <summary>Whether a proof counts that the store does not let be written into the manifest; a warning says so then. The default is no:
    /// nobody else sees such a proof.</summary>
    public bool MayBeUnrecorded { get; init; }

    /// <summary>The programs that read and restore, where those of the server are too old for the dump; null for the same.</summary>
    internal PostgresTools? Restoring { get; init; }

    /// <summary>Opens the server that a backup is restored into; null for one of our own.</summary>
    internal Func<CancellationToken, Task<IScratchServer>>? Scratch { get; init; }

    /// <summary>What else is done with a restored database while it is there; null for nothing.</summary>
    internal RestoredUse? Use { get; init; }

    /// <summary>Proves a backup and writes the evidence into its manifest; meanwhile no cleanup deletes it. A dump that is damaged loses
    /// the levels that it had.</summary>
    /// <param name="level"><see cref="ProofLevel.Readback"/> or more.</param>
    /// <param name="cancellationToken">Stops the proof; the backup's level stays as it was.</param>
    /// <returns>The manifest as it now is in the store.</returns>
    /// <exception cref="DamagedDumpException">The dump is missing or damaged, or restores to something else than was dumped.</exception>
    /// <exception cref="BackupException">Its rows were not counted and the level demands that; it is encrypted with another key than this
    /// run's, it does not restore here, or the manifest is gone or was edited.</exception>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public async Task<BackupManifest> ProveAsync(BackupManifest manifest, ProofLevel level, CancellationToken cancellationToken)
    {
        var dump = new ReadableDump(store, Restoring ?? tools, manifest)
        {
            ScratchFolder = ScratchFolder,
            Scratch = Scratch is null ? RestorePlace.Scratch : RestorePlace.Borrowed,
        };
        dump.DemandKey();
        try
        {
            var stored = await dump.FindAsync(cancellationToken);
            await using var use = await new BackupUse(store, output, timeProvider).BeginAsync(manifest, cancellationToken);
            var evidence = await ReadAsync(manifest, dump, level, cancellationToken);
            var proven = await KeepAsync(manifest, current => Proven(current, stored, evidence), cancellationToken);
            return DemandLevel(proven, evidence, level);
        }
        catch (DamagedDumpException exception)
        {
            await new ProofLoss(store, output, timeProvider).NoteAsync(manifest, exception.Message, cancellationToken);
            throw;
        }
    }

    private async Task<BackupManifest> KeepAsync(
        BackupManifest manifest, Func<BackupManifest, BackupManifest> change, CancellationToken cancellationToken)
    {
        try
        {
            return await UpdateAsync(manifest, change, cancellationToken);
        }
        catch (StoreException fault) when (MayBeUnrecorded)
        {
            output.Warn(
                $"What was seen of backup {manifest.Id} is not in its manifest, so others still see {manifest.ProofLevel.Name()}: "
                    + $"{fault.Message}");
            return ManifestFile.Seal(change(manifest));
        }
    }

    private async Task<BackupManifest> UpdateAsync(
        BackupManifest manifest, Func<BackupManifest, BackupManifest> change, CancellationToken cancellationToken)
    {
        var changed = await StoredManifest.UpdateAsync(store, StoredManifest.NameOf(manifest), change, cancellationToken);
        await new BackupLabels(store, output).WriteAsync(changed, cancellationToken);
        return changed;
    }

    private async Task<IReadOnlyList<ProofEvidence>> ReadAsync(
        BackupManifest manifest, ReadableDump dump, ProofLevel level, CancellationToken cancellationToken)
    {
        await using var reader = dump.Open(new TransferProgress("Read back", output, timeProvider) { Expected = manifest.Size });
        var roles = await ReadRolesAsync(manifest, cancellationToken);
        try
        {
            IReadOnlyList<ProofEvidence> evidence = level > ProofLevel.Readback
                ? await new RestoredProof(tools, ScratchFolder, timeProvider)
                {
                    Use = Use,
                    Output = output,
                    Scratch = Scratch,
                    Restoring = Restoring ?? tools,
                }.ProveAsync(manifest, reader, cancellationToken)
                : [await new ReadbackProof(timeProvider).ProveAsync(reader, cancellationToken)];
            return [.. evidence.Select(item => item.Level == ProofLevel.Readback ? item with { Facts = [.. item.Facts, roles] } : item)];
        }
        catch (Exception fault) when (ScratchFaults.Is(fault))
        {
            throw Scratch is not null && fault is (NpgsqlException or DatabaseUnreachableException)
                ? ScratchFaults.Explain(manifest, RestorePlace.Borrowed, fault)
                : ScratchFaults.Explain(manifest, ScratchFolder, fault);
        }
    }

    private async Task<string> ReadRolesAsync(BackupManifest manifest, CancellationToken cancellationToken)
        => manifest.Globals is { } globals
            ? $"roles: SHA-256 equal over {await StoredHash.DemandAsync(store, globals, null, cancellationToken)} bytes"
            : manifest.GlobalsName is null ? "roles: none stored"
            : $"roles not compared: a manifest of format {manifest.Format} has no hash of them";

    /// <summary>A restore whose rows could not be compared is not one whose rows were equal.</summary>
    private static BackupManifest DemandLevel(BackupManifest proven, IReadOnlyList<ProofEvidence> evidence, ProofLevel level)
        => evidence.Max(item => item.Level) >= level
            ? proven
            : throw new BackupException(
                $"Backup {proven.Id} restores, but its rows could not be compared: they were not counted when it was dumped "
                    + $"({proven.RowCountsLeftOut}). "
                    + $"It is proven by {ProofLevel.RestoredUncounted.Name()}; demanded is {level.Name()}.",
                "--proof-level restored-uncounted does without; a backup with a larger --row-count-limit has counts.");

    private static BackupManifest Proven(
        BackupManifest current, Dictionary<string, StoredObject> stored, IReadOnlyList<ProofEvidence> evidence)
    {
        var reached = evidence.Max(item => item.Level);
        return current with
        {
            ObjectVersion = current.Parts is null ? stored[current.ObjectName].Version : null,
            Parts = current.Parts?.Select(part => part with { ObjectVersion = stored[part.ObjectName].Version }).ToList(),
            Globals = current.Globals is { } roles ? roles with { ObjectVersion = stored[roles.ObjectName].Version } : null,
            ProofLevel = reached > current.ProofLevel ? reached : current.ProofLevel,
            Evidence =
            [
                .. current.Evidence.Where(old => old.Level != ProofLevel.None && evidence.All(item => item.Level != old.Level)),
                .. evidence,
            ],
        };
    }
}
