using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Postgres;
using Belay.Storage;

namespace Belay.Backups.Proving;

/// <summary>The dump of one backup as it lies in the store.</summary>
internal sealed class ReadableDump(IBackupStore store, PostgresTools tools, BackupManifest manifest)
{
    /// <summary>Where parts lie meanwhile that cannot be piped.</summary>
    public required string ScratchFolder { get; init; }

    /// <summary>The scratch server that it is restored into, when no place is named. The default is one of our own.</summary>
    public RestorePlace Scratch { get; init; } = RestorePlace.Scratch;

    /// <summary>Refuses when this run has not the key. What cannot be decrypted is not damaged, and not proven either.</summary>
    /// <exception cref="BackupException">It is encrypted with another key.</exception>
    public void DemandKey()
    {
        if (manifest.Encryption is { KeyId: var needed } && needed != store.Encryption?.KeyId)
        {
            throw new BackupException(
                $"Backup {manifest.Id} is encrypted with the key {needed}; {StoreFaults.KeyText(store.Encryption?.KeyId)}. It was not "
                    + "read, and its proof stays as it was.",
                $"export BACKUP_KEY=… or BACKUP_KEY_FILE=… with the key {needed}, then run the command again.");
        }
    }

    /// <summary>The objects that the manifest names, by name.</summary>
    /// <exception cref="DamagedDumpException">One is missing or has another size.</exception>
    public async Task<Dictionary<string, StoredObject>> FindAsync(CancellationToken cancellationToken)
    {
        if (manifest.GlobalsName is { } globals && await store.FindAsync(globals, cancellationToken) is null)
        {
            throw new DamagedDumpException($"The roles and tablespaces '{globals}' are missing in {store.DisplayName}.");
        }

        var stored = new Dictionary<string, StoredObject>(StringComparer.Ordinal);
        foreach (var part in manifest.HashedObjects)
        {
            var found = await store.FindAsync(part.ObjectName, cancellationToken)
                ?? throw new DamagedDumpException($"The {BackupPartName.Of(part)} is missing in {store.DisplayName}.");
            stored[part.ObjectName] = found.Size == part.Size
                ? found
                : throw new DamagedDumpException(
                    $"The {BackupPartName.Of(part)} {(part.File == BackupName.GlobalsFile ? "have" : "has")} {found.Size} bytes, its "
                        + $"manifest says {part.Size}.");
        }

        return stored;
    }

    /// <summary>Opens it for reading.</summary>
    /// <param name="place">Where it is restored, when it is; null for a scratch server, beside which the archive may be a file.</param>
    public IDumpReader Open(TransferProgress progress, RestorePlace? place = null) => (manifest.Parts, place) switch
    {
        (not null, _) => new DirectoryReader(store, tools, manifest, progress)
        {
            ScratchFolder = ScratchFolder,
            Place = place ?? Scratch,
        },
        (null, null) => new FiledArchiveReader(store, tools, manifest, progress) { Folder = ScratchFolder, Place = Scratch },
        _ => new ArchiveReader(new ReadbackSource(store, manifest, manifest.DumpParts[0], progress), tools) { Place = place! },
    };
}
