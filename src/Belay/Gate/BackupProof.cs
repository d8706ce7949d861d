using Belay.Backups.Catalogue;

namespace Belay.Gate;

/// <summary>The permit to migrate: a committed, complete, proven, recent backup of this database. Only the gate makes one.</summary>
/// <remarks>Until it is disposed, no cleanup deletes the backup.</remarks>
public sealed class BackupProof : IAsyncDisposable
{
    private readonly IAsyncDisposable? use;

    internal BackupProof(BackupManifest backup, DateTimeOffset checkedUtc, IAsyncDisposable? use = null)
    {
        Backup = backup;
        CheckedUtc = checkedUtc;
        this.use = use;
    }

    /// <summary>The backup, as its manifest in the store says.</summary>
    public BackupManifest Backup { get; }

    /// <summary>When the gate looked at the store.</summary>
    public DateTimeOffset CheckedUtc { get; }

    /// <summary>Lets cleanups have the backup again.</summary>
    public ValueTask DisposeAsync() => use?.DisposeAsync() ?? ValueTask.CompletedTask;
}
