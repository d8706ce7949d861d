using System.Security.Cryptography;
using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Backups.Compression;
using Belay.Storage;

namespace Belay.Backups.Proving;

/// <summary>Downloads a backup into a folder as plain files: decrypted, and checked against its manifest.</summary>
/// <param name="store">Where the backup is.</param>
/// <param name="timeProvider">The clock of the manifest's note of the use.</param>
internal sealed class BackupFetcher(IBackupStore store, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>Downloads dump, roles and manifest. The files get their names only when all of them are there and right,
    /// the manifest last.</summary>
    /// <param name="folder">Where the files go; created when missing.</param>
    /// <param name="cancellationToken">Stops the download; nothing of it stays.</param>
    /// <returns>The paths of the files, the dump's first, each part of it beside the others.</returns>
    /// <exception cref="DamagedDumpException">The dump is not what was written.</exception>
    /// <exception cref="StoreException">The store cannot be read, lacks an object or needs another key; or the folder cannot be written or
    /// has such a file already.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(BackupManifest manifest, string folder, CancellationToken cancellationToken)
    {
        var manifestName = StoredManifest.NameOf(manifest);
        List<FetchedFile> files =
        [
            .. manifest.DumpParts
                .Select(part => part.ObjectName)
                .Concat(new[] { manifest.GlobalsName, manifestName }.OfType<string>())
                .Select(name => new FetchedFile(name, folder)),
        ];
        files.ForEach(file => file.DemandFree());
        try
        {
            await using var use = await new BackupUse(store, output, timeProvider).BeginAsync(manifest, cancellationToken);
            foreach (var file in files)
            {
                await FetchAsync(file, manifest, cancellationToken);
            }

            files.ForEach(file => file.GiveName());
            return [.. files.Select(file => file.Path)];
        }
        finally
        {
            files.ForEach(file => file.Discard());
        }
    }

    private async Task FetchAsync(FetchedFile file, BackupManifest manifest, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var progress = new TransferProgress("Fetched", output, timeProvider)
        {
            Expected = manifest.HashedObjects.FirstOrDefault(part => part.ObjectName == file.Name)?.Size,
        };
        await using (var content = await store.OpenReadAsync(file.Name, cancellationToken))
        {
            await file.WriteAsync(
                (target, token) => BlockPump.RunAsync(
                    content,
                    async (bytes, inner) =>
                    {
                        hash.AppendData(bytes.Span);
                        progress.Add(bytes.Length);
                        await target.WriteAsync(bytes, inner);
                    },
                    token),
                cancellationToken);
        }

        var sha256 = Convert.ToHexStringLower(hash.GetCurrentHash());
        if (manifest.HashedObjects.FirstOrDefault(part => part.ObjectName == file.Name) is { } part && sha256 != part.Sha256)
        {
            throw new DamagedDumpException(
                $"The {BackupPartName.Of(part)} {BackupPartName.Is(part)} not what was written: its SHA-256 is {sha256}, its manifest "
                    + $"says {part.Sha256}. Nothing was kept of it.");
        }
    }
}
