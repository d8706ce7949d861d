using Belay.Backups;
using Belay.Backups.Catalogue;
using Belay.Reporting.Facts;

namespace Belay.Reporting;

/// <summary>The backup that stood behind a release.</summary>
/// <param name="Store">The store as people may see it.</param>
/// <param name="Size">Its stored size in bytes.</param>
/// <param name="Proof">The level of proof it reached, in words.</param>
/// <param name="KeepUntilUtc">Cleanup leaves it until then.</param>
internal sealed record ReleaseBackup(string Id, string Store, long Size, string Proof, DateTimeOffset KeepUntilUtc)
{
    /// <summary>The database's name; null in older records.</summary>
    public string? Database { get; init; }

    /// <summary>The address of the server that it was taken on; null when its manifest does not say.</summary>
    public string? Server { get; init; }

    /// <summary>The dump's name in the store; null in older records.</summary>
    public string? ObjectName { get; init; }

    /// <summary>SHA-256 of the dump as it is stored; null in older records.</summary>
    public string? Sha256 { get; init; }

    /// <summary>When the snapshot was taken, by the server's clock; null in older records.</summary>
    public DateTimeOffset? SnapshotUtc { get; init; }

    /// <summary>When its last byte was committed; null in older records.</summary>
    public DateTimeOffset? EndedUtc { get; init; }

    /// <summary>The id of the key that it is encrypted with; null when it is stored as it is.</summary>
    public string? EncryptedWith { get; init; }

    /// <summary>Until when the store itself refuses to change or delete it; null when it reported nothing.</summary>
    public DateTimeOffset? ImmutableUntilUtc { get; init; }

    /// <summary>How many tables' rows were counted in the dumped snapshot; null when they were not.</summary>
    public int? TablesCounted { get; init; }

    /// <summary>What was seen at each level of proof, oldest first.</summary>
    public IReadOnlyList<ReleaseProof> Evidence { get; init; } = [];

    /// <summary>The backup of a manifest.</summary>
    /// <param name="store">The store as people may see it.</param>
    public static ReleaseBackup Of(BackupManifest manifest, string store)
        => new(manifest.Id, store, manifest.Size, BackupJudgement.LevelOf(manifest).Name(), manifest.KeepUntil)
        {
            Database = manifest.Database.Name,
            Server = manifest.Origin?.Address,
            ObjectName = manifest.ObjectName,
            Sha256 = manifest.Sha256,
            SnapshotUtc = manifest.SnapshotUtc,
            EndedUtc = manifest.EndedUtc,
            EncryptedWith = manifest.Encryption?.KeyId,
            ImmutableUntilUtc = manifest.ImmutableUntil,
            TablesCounted = manifest.RowCounts?.Count,
            Evidence = [.. manifest.Evidence.Select(one => new ReleaseProof(one.Level.Name(), one.AtUtc, one.Facts, one.Seconds))],
        };
}
