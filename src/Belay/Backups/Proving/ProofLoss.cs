using Belay.Backups.Catalogue;
using Belay.Storage;

namespace Belay.Backups.Proving;

/// <summary>Takes the levels of proof from a backup that was found damaged, so that no gate opens for it
/// and no cleanup relies on it.</summary>
internal sealed class ProofLoss(IBackupStore store, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>Writes into the manifest what was found. The damage matters more than a store that does
    /// not let it be noted: that is a warning.</summary>
    /// <exception cref="BackupException">The manifest is gone or was edited.</exception>
    public async Task NoteAsync(BackupManifest manifest, string message, CancellationToken cancellationToken)
    {
        try
        {
            var changed = await StoredManifest.UpdateAsync(
                store, StoredManifest.NameOf(manifest), current => Unproven(current, message), cancellationToken);
            await new BackupLabels(store, output).WriteAsync(changed, cancellationToken);
        }
        catch (StoreException fault)
        {
            output.Warn(
                $"Backup {manifest.Id} still counts as {manifest.ProofLevel.Name()} for others, though it is damaged: {fault.Message}");
        }
    }

    private BackupManifest Unproven(BackupManifest current, string message) => current with
    {
        ProofLevel = ProofLevel.None,
        Evidence = [new ProofEvidence(ProofLevel.None, timeProvider.GetUtcNow(), [message], 0)],
    };
}
