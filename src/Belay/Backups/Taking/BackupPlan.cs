using Belay.Backups.Catalogue;
using Belay.Backups.Compression;

namespace Belay.Backups.Taking;

/// <summary>What is fixed when a backup begins.</summary>
/// <param name="Codec">How the dump is stored.</param>
internal sealed record BackupPlan(string Id, DateTimeOffset StartedUtc, DumpCodec Codec, SnapshotSession Session)
{
    /// <summary>The clock between two looks at the database's locks.</summary>
    public required TimeProvider TimeProvider { get; init; }

    /// <summary>What the names of its objects begin with.</summary>
    public string Stem { get; } = BackupName.Stem(Session.Facts.Identity.Name, Id);

    /// <summary>pg_dump's options but for its format.</summary>
    public IReadOnlyList<string> DumpArguments(BackupSettings settings) =>
    [
        $"--snapshot={Session.Snapshot}",
        $"--lock-wait-timeout={(long)settings.LockWait.TotalMilliseconds}",
        "--no-password",
        .. Codec.DumpArguments,
    ];
}
