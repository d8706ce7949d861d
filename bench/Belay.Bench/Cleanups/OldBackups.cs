using System.Security.Cryptography;
using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Postgres;
using Belay.Storage;

namespace Belay.Bench.Cleanups;

/// <summary>Backups of three small objects each, proven and older than any retention, a minute apart.</summary>
internal static class OldBackups
{
    private static readonly DatabaseIdentity Database = new("7300000000000000001", 16384, "app");
    private static readonly byte[] Dump = "dump"u8.ToArray();

    /// <summary>Writes so many.</summary>
    public static Task PutAsync(IBackupStore store, int count, CancellationToken cancellationToken)
        => Parallel.ForEachAsync(
            Enumerable.Range(1, count),
            new ParallelOptions { MaxDegreeOfParallelism = store.Concurrency, CancellationToken = cancellationToken },
            async (number, token) => await PutAsync(store, TimeProvider.System.GetUtcNow().AddDays(-100).AddMinutes(-number), token));

    private static async Task PutAsync(IBackupStore store, DateTimeOffset ended, CancellationToken cancellationToken)
    {
        var id = BackupName.Id(ended, "aa");
        var stem = BackupName.Stem(Database.Name, id);
        var manifest = new BackupManifest
        {
            Format = BackupManifest.CurrentFormat,
            Id = id,
            Database = Database,
            ServerVersion = "15.18",
            ToolVersion = "15.18",
            SnapshotUtc = ended,
            StartedUtc = ended,
            EndedUtc = ended,
            ObjectName = $"{stem}.dump.zst",
            GlobalsObjectName = $"{stem}.globals.sql",
            Size = Dump.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Dump)),
            Codec = "zstd:1",
            ProofLevel = ProofLevel.Readback,
            KeepUntil = ended.AddDays(7),
        };
        await store.CreateAsync(manifest.ObjectName, Dump, cancellationToken);
        await store.CreateAsync(manifest.GlobalsObjectName, Dump, cancellationToken);
        await store.CreateAsync(stem + BackupName.ManifestSuffix, ManifestFile.Serialize(manifest), cancellationToken);
    }
}
