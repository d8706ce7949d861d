using System.Text;
using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Postgres;
using Belay.Tests.Support;

namespace Belay.Tests.Backups;

/// <summary>Manifests and stored backups for tests.</summary>
internal static class Manifests
{
    public static readonly DatabaseIdentity App = new("7300000000000000001", 16384, "app");

    public static readonly DateTimeOffset Noon = new(2025, 10, 12, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A proven backup that ended at the given time and took two minutes.</summary>
    public static BackupManifest Make(DateTimeOffset endedUtc, DatabaseIdentity? database = null, string runId = "aa")
    {
        var identity = database ?? App;
        var id = BackupName.Id(endedUtc - TimeSpan.FromMinutes(2), runId);
        return new BackupManifest
        {
            Id = id,
            Database = identity,
            ServerVersion = "15.18",
            ToolVersion = "15.18",
            SnapshotUtc = endedUtc - TimeSpan.FromMinutes(2),
            StartedUtc = endedUtc - TimeSpan.FromMinutes(2),
            EndedUtc = endedUtc,
            ObjectName = BackupName.Stem(identity.Name, id) + ".dump.zst",
            Size = 4,
            Sha256 = new string('0', 64),
            Codec = "zstd:1",
            RowCounts = new Dictionary<string, long> { ["public.user"] = 15, ["public.\"Ä b\""] = 0 },
            Sequences = new Dictionary<string, long> { ["public.user_id_seq"] = 15 },
            ProofLevel = ProofLevel.Readback,
            Evidence = [new ProofEvidence(ProofLevel.Readback, endedUtc, ["SHA-256 equal over 4 bytes"], 0.25)],
            KeepUntil = endedUtc + TimeSpan.FromDays(7),
        };
    }

    /// <summary>Puts the manifest and a dump of the right size into the store.</summary>
    public static BackupManifest PutInto(this BackupManifest manifest, MemoryStore store)
    {
        store.Put(manifest.ObjectName, Encoding.ASCII.GetBytes("dump"), manifest.EndedUtc);
        store.Put(NameOf(manifest), ManifestFile.Serialize(manifest), manifest.EndedUtc);
        return manifest;
    }

    public static string NameOf(BackupManifest manifest) => BackupName.Stem(manifest.Database.Name, manifest.Id) + BackupName.ManifestSuffix;
}
