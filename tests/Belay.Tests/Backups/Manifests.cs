using System.Security.Cryptography;
using System.Text;
using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Gate;
using Belay.Postgres;
using Belay.Tests.Support;

namespace Belay.Tests.Backups;

/// <summary>Manifests and stored backups for tests.</summary>
internal static class Manifests
{
    public static readonly DatabaseIdentity App = new("7300000000000000001", 16384, "app");

    public static readonly DateTimeOffset Noon = new(2025, 10, 12, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The server that all backups were taken on.</summary>
    public static readonly ServerOrigin Origin = new("10.0.0.5:5432", Noon.AddDays(-30), 1);

    /// <summary>The database as the gate sees it, on the server of the backups.</summary>
    public static readonly GateTarget Target = new() { Database = App, Server = new ServerPosition(Origin, "0/2000000"), Tables = 2 };

    /// <summary>A proven backup that ended at the given time and took two minutes.</summary>
    public static BackupManifest Make(DateTimeOffset endedUtc, DatabaseIdentity? database = null, string runId = "aa")
    {
        var identity = database ?? App;
        var id = BackupName.Id(endedUtc - TimeSpan.FromMinutes(2), runId);
        return new BackupManifest
        {
            Format = BackupManifest.CurrentFormat,
            Id = id,
            Database = identity,
            ServerVersion = "15.18",
            ToolVersion = "15.18",
            SnapshotLsn = "0/1000000",
            Origin = Origin,
            SnapshotUtc = endedUtc - TimeSpan.FromMinutes(2),
            StartedUtc = endedUtc - TimeSpan.FromMinutes(2),
            EndedUtc = endedUtc,
            ObjectName = BackupName.Stem(identity.Name, id) + ".dump.zst",
            Size = 4,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData("dump"u8)),
            Codec = "zstd:1",
            Tables = [new BackupTable(16385, "public.user", true), new BackupTable(16390, "public.\"Ä b\"", true)],
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

    public static string NameOf(BackupManifest manifest)
        => BackupName.Stem(manifest.Database.Name, manifest.Id) + BackupName.ManifestSuffix;
}
