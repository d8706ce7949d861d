using Belay.Backups;

namespace Belay.Gate;

/// <summary>The permit to migrate: a committed, complete, proven, recent backup of this database. Only the gate makes one.</summary>
public sealed class BackupProof
{
    internal BackupProof(BackupManifest backup, DateTimeOffset checkedUtc)
    {
        Backup = backup;
        CheckedUtc = checkedUtc;
    }

    /// <summary>The backup, as its manifest in the store says.</summary>
    public BackupManifest Backup { get; }

    /// <summary>When the gate looked at the store.</summary>
    public DateTimeOffset CheckedUtc { get; }
}
