using System.Security.Cryptography;
using Belay.Backups.Archive;
using Belay.Backups.Catalogue;
using Belay.Backups.Compression;
using Belay.Storage;

namespace Belay.Backups.Proving;

/// <summary>Reads stored objects to their end and compares their SHA-256 with a manifest's.</summary>
internal static class StoredHash
{
    /// <summary>Reads one object, decrypted where it is encrypted.</summary>
    /// <returns>How many bytes were hashed.</returns>
    /// <exception cref="DamagedDumpException">It is not what was written.</exception>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public static async Task<long> DemandAsync(
        IBackupStore store, BackupPart part, TransferProgress? progress, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = 0L;
        try
        {
            await using var content = await store.OpenReadAsync(part.ObjectName, cancellationToken);
            await BlockPump.RunAsync(
                content,
                (block, _) =>
                {
                    hash.AppendData(block.Span);
                    bytes += block.Length;
                    progress?.Add(block.Length);
                    return ValueTask.CompletedTask;
                },
                cancellationToken);
        }
        catch (DamagedObjectException fault)
        {
            throw new DamagedDumpException(
                $"The {BackupPartName.Of(part)} {BackupPartName.Is(part)} not what was written: {fault.Message}", fault);
        }

        var sha256 = Convert.ToHexStringLower(hash.GetCurrentHash());
        return sha256 == part.Sha256
            ? bytes
            : throw new DamagedDumpException(
                $"The {BackupPartName.Of(part)} {BackupPartName.Is(part)} not what was written: its SHA-256 is {sha256}, its manifest "
                    + $"says {part.Sha256}.");
    }
}
