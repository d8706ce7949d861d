using Belay.Backups;
using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Backups.Proving;
using Belay.Storage;

namespace Belay.Retention;

/// <summary>Reads back the backups that stay, before others are deleted for them: since their proof a disk may have rotted under names,
/// sizes and times that did not change.</summary>
/// <param name="output">Where it is told.</param>
internal sealed class SurvivorCheck(IBackupStore store, IReleaseOutput output, TimeProvider timeProvider)
{
    private readonly Dictionary<string, string?> seen = new(StringComparer.Ordinal);

    /// <summary>What was found wrong, one sentence for each backup.</summary>
    public IEnumerable<string> Faults => seen.Values.OfType<string>();

    /// <summary>Reads every survivor of a plan that was not read yet.</summary>
    /// <returns>Whether all of them are what was written, so that the plan may be carried out.</returns>
    /// <exception cref="BackupException">A survivor is encrypted with another key than this run's.</exception>
    /// <exception cref="StoreException">The store failed, which says nothing of the backup.</exception>
    public async Task<bool> PassesAsync(RetentionPlan plan, CancellationToken cancellationToken)
    {
        var passes = true;
        foreach (var survivor in plan.Deletions
            .Select(decision => decision.Survivor)
            .OfType<CatalogBackup>()
            .DistinctBy(backup => backup.ManifestObject.Name))
        {
            if (!seen.ContainsKey(survivor.ManifestObject.Name))
            {
                seen[survivor.ManifestObject.Name] = await FaultAsync(survivor.Manifest, cancellationToken);
                passes &= seen[survivor.ManifestObject.Name] is null;
            }
        }

        return passes;
    }

    /// <summary>The catalogue with what reading found.</summary>
    public CatalogContents Apply(CatalogContents catalog)
        => catalog with
        {
            Backups =
            [
                .. catalog.Backups.Select(
                    backup => seen.GetValueOrDefault(backup.ManifestObject.Name) is null
                        ? backup
                        : backup with { ReadFault = "it was read back and is not sound" }),
            ],
        };

    private async Task<string?> FaultAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        DemandKey(manifest);
        try
        {
            var bytes = 0L;
            var progress = new TransferProgress("Read back", output, timeProvider) { Expected = manifest.Size };
            foreach (var part in manifest.HashedObjects)
            {
                bytes += await StoredHash.DemandAsync(store, part, progress, cancellationToken);
            }

            output.Line(
                $"Read back {manifest.Database.Name} {manifest.Id}, which stays: SHA-256 equal over {bytes} bytes in "
                    + $"{Quantity.Count(manifest.HashedObjects.Count, "object")}");
            return null;
        }
        catch (DamagedDumpException fault)
        {
            await new ProofLoss(store, output, timeProvider).NoteAsync(manifest, fault.Message, cancellationToken);
            return $"Backup {manifest.Id} of {manifest.Database.Name} is damaged: {fault.Message}";
        }
    }

    /// <summary>What cannot be decrypted is not damaged; it would be deleted as if it were.</summary>
    private void DemandKey(BackupManifest manifest)
    {
        if (manifest.Encryption is { KeyId: var needed } && needed != store.Encryption?.KeyId)
        {
            throw new BackupException(
                $"Nothing was deleted from {store.DisplayName}: backup {manifest.Id} of {manifest.Database.Name}, which stays, is "
                    + $"encrypted with the key {needed}, and {StoreFaults.KeyText(store.Encryption?.KeyId)}, "
                    + "so that it cannot be read back before others go.",
                $"export BACKUP_KEY=… or BACKUP_KEY_FILE=… with the key {needed}; or ./build.sh CleanupBackups --trust-survivors");
        }
    }
}
