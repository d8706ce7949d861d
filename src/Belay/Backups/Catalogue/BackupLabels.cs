using Belay.Storage;

namespace Belay.Backups.Catalogue;

/// <summary>Labels a backup's manifest in the store, so that it is found without being read. The manifest itself stays the truth.</summary>
/// <remarks>The manifest is what is labelled, not the dump: without it there is no backup, and it is never leased or immutable.</remarks>
internal sealed class BackupLabels(IBackupStore store, IReleaseOutput? output)
{
    /// <summary>Writes the labels as the manifest now is; only warns when that fails.</summary>
    public async Task WriteAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        try
        {
            await store.LabelAsync(StoredManifest.NameOf(manifest), Of(manifest), cancellationToken);
        }
        catch (StoreException fault)
        {
            output?.Warn(
                $"The labels of backup {manifest.Id} are missing or old: {fault.Message} The backup itself is as its manifest says.");
        }
    }

    private static Dictionary<string, string> Of(BackupManifest manifest) => new()
    {
        ["database"] = manifest.Database.Name,
        ["backup"] = manifest.Id,
        ["state"] = manifest.ProofLevel == ProofLevel.None ? "unproven" : manifest.ProofLevel.Word(),
        ["keepUntil"] = $"{manifest.KeepUntil.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}",
        ["hold"] = manifest.Hold is null ? "no" : "yes",
    };
}
