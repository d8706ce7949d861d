using Belay.Backups;
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

    /// <summary>Which backup it is, of what, how old it was at the gate and how far it is proven.</summary>
    public string Summary
        => $"backup {Backup.Id} of {Backup.Database.Name} on {Backup.Origin?.Address ?? "a server without address"}, "
            + $"{Quantity.Duration(CheckedUtc - Backup.EndedUtc)} old, "
            + $"proven by {BackupJudgement.LevelOf(Backup).Name()}";

    /// <summary>Demands that the backup is still one of this database and of no earlier state: a runner
    /// may have waited since the gate looked.</summary>
    /// <param name="target">The database as it is now.</param>
    /// <exception cref="GateException">It is of another database, or a change was recorded since.</exception>
    public void DemandFits(GateTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (GateCandidate.Changes(Backup, target) is { Count: > 0 } faults)
        {
            throw new GateException(
                $"Backup {Backup.Id} does not stand behind {target.Database}: {string.Join("; ", faults)}. Nothing was changed.",
                "./build.sh Backup takes a new one");
        }
    }

    /// <summary>Lets cleanups have the backup again.</summary>
    public ValueTask DisposeAsync() => use?.DisposeAsync() ?? ValueTask.CompletedTask;
}
