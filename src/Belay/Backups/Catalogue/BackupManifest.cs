using System.Text.Json.Serialization;
using Belay.Postgres;
using Belay.Storage;

namespace Belay.Backups.Catalogue;

/// <summary>What is known of a backup; written to the store last, so that a dump without it is no backup.</summary>
public sealed record BackupManifest
{
    /// <summary>The newest version of the format that this code reads.</summary>
    public const int CurrentFormat = 3;

    /// <summary>
    /// The format's version. 3 has every object with size, hash and version, the tables, and where the snapshot was taken;
    /// 2 was for a dump of several objects, 1 for all others: both say too little of the roles and of the server to open the gate.
    /// </summary>
    public int Format { get; init; } = 1;

    /// <summary>The backup's id: <c>yyyyMMddTHHmmssZ-runid</c>, unique in the store.</summary>
    public required string Id { get; init; }

    /// <summary>The database it is of.</summary>
    public required DatabaseIdentity Database { get; init; }

    /// <summary>The server's version text, for example <c>15.18 (Debian 15.18-0+deb12u1)</c>.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>pg_dump's version text.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>The snapshot's place in the write-ahead log, as <c>0/16B3748</c>; on a standby the place up to which it had replayed; null
    /// where the server does not say.</summary>
    public string? SnapshotLsn { get; init; }

    /// <summary>The running server that the snapshot was taken on, which a physical copy of its cluster is not;
    /// null before format 3.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ServerOrigin? Origin { get; init; }

    /// <summary>When the snapshot was taken, by the server's clock.</summary>
    public required DateTimeOffset SnapshotUtc { get; init; }

    /// <summary>When the backup began.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>When its last byte was committed; retention counts from here.</summary>
    public required DateTimeOffset EndedUtc { get; init; }

    /// <summary>The dump's object name in the store; that of the table of contents for a dump of several objects.</summary>
    public required string ObjectName { get; init; }

    /// <summary>The stored size in bytes, of all objects of the dump.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the dump as it is stored, before encryption where there is any, lower-case hexadecimal; for several objects, of
    /// their list as <c>sha256sum</c> prints it: hash, two spaces, file.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The store's own mark of the dump's version when it was last proven; another mark now
    /// means that somebody replaced the dump since.</summary>
    public string? ObjectVersion { get; init; }

    /// <summary>The objects of a dump by several workers, in the order of their files; null for a dump that is one object.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<BackupPart>? Parts { get; init; }

    /// <summary>How the stored bytes become pg_restore's input: <c>native</c>, <c>none</c>, <c>zstd</c> or <c>gzip</c>,
    /// with the level after a colon.</summary>
    public required string Codec { get; init; }

    /// <summary>How dump and globals were encrypted before they left the machine; null when they are stored as they are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ObjectEncryption? Encryption { get; init; }

    /// <summary>The tables of the dumped snapshot, by oid as the archive's table of contents names them; null before format 3.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<BackupTable>? Tables { get; init; }

    /// <summary>Exact rows per table (<c>"schema"."table"</c> as quote_ident writes it) in the dumped snapshot;
    /// null when left out.</summary>
    public IReadOnlyDictionary<string, long>? RowCounts { get; init; }

    /// <summary>Why there are no row counts; null when there are.</summary>
    public string? RowCountsLeftOut { get; init; }

    /// <summary>How many inserted, updated and deleted rows of each table the server had counted just before the snapshot; null when it
    /// does not count, and in older manifests.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, long>? WriteCounts { get; init; }

    /// <summary>Since when the server counted them; null when it never began anew.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? WritesCountedSince { get; init; }

    /// <summary>The last values of sequences in the dumped snapshot, by qualified name.</summary>
    public IReadOnlyDictionary<string, long> Sequences { get; init; } = new Dictionary<string, long>();

    /// <summary>The number of large objects in the dumped snapshot.</summary>
    public long LargeObjects { get; init; }

    /// <summary>The roles that the dump's commands name: owners, those who were granted something, and roles of policies.
    /// A restore needs all of them.</summary>
    public IReadOnlyList<string> Owners { get; init; } = [];

    /// <summary>What the database is besides what is in it; null in manifests that are older than this member.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DatabaseDefinition? Definition { get; init; }

    /// <summary>The extensions in the dumped database.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>The roles and tablespaces stored beside the dump; null when they could not be read, and before format 3.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BackupPart? Globals { get; init; }

    /// <summary>The object name of the roles and tablespaces before format 3, which said no more of them; null from then on.</summary>
    public string? GlobalsObjectName { get; init; }

    /// <summary>The newest migration that the snapshot contains; null when it has no history.</summary>
    public decimal? LastMigration { get; init; }

    /// <summary>The level reached.</summary>
    public ProofLevel ProofLevel { get; init; }

    /// <summary>What was seen at each level, oldest first.</summary>
    public IReadOnlyList<ProofEvidence> Evidence { get; init; } = [];

    /// <summary>When somebody last began to read the backup or to migrate behind it; writing it also makes a cleanup that has read the
    /// manifest before leave it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? UsedUtc { get; init; }

    /// <summary>Cleanup leaves the backup until then.</summary>
    public required DateTimeOffset KeepUntil { get; init; }

    /// <summary>Until when the store itself reported that it refuses to change or delete the dump; null when it reported nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ImmutableUntil { get; init; }

    /// <summary>Why the backup is on hold; null when it is not. A backup on hold is never cleaned up.</summary>
    public string? Hold { get; init; }

    /// <summary>Every object of the dump, whether it has one or several.</summary>
    [JsonIgnore]
    public IReadOnlyList<BackupPart> DumpParts => Parts ?? [new BackupPart("", ObjectName, Size, Sha256, ObjectVersion)];

    /// <summary>The object name of the roles and tablespaces, in whatever format; null when there are none.</summary>
    [JsonIgnore]
    public string? GlobalsName => Globals?.ObjectName ?? GlobalsObjectName;

    /// <summary>Every object of which the manifest says size and hash.</summary>
    [JsonIgnore]
    public IReadOnlyList<BackupPart> HashedObjects => Globals is null ? DumpParts : [.. DumpParts, Globals];

    /// <summary>The keyed seal, which only a holder of <c>RECORD_KEY</c> can make; null when there was no such key.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ManifestSeal? Seal { get; init; }

    /// <summary>SHA-256 over the manifest's canonical JSON without this member and the seal; an edited manifest does not match it.
    /// Everybody can make it anew.</summary>
    public string? SelfSha256 { get; init; }
}
