using Belay.Backups.Archive;
using Belay.Settings;

namespace Belay.Backups.Proving;

/// <summary>Reads a stored dump back. Each object is downloaded once and hashed to its last byte.</summary>
internal interface IDumpReader : IAsyncDisposable
{
    /// <summary>Decodes all of it, without a server.</summary>
    /// <returns>What was seen, for the manifest.</returns>
    /// <exception cref="DamagedDumpException">It is not what was written.</exception>
    /// <exception cref="BackupException">It cannot be read here, which says nothing of it.</exception>
    Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Begins what of <see cref="RestoreAsync"/> needs no server, so that one can start meanwhile; what fails here fails there.
    /// The default is nothing.</summary>
    void Begin(CancellationToken cancellationToken)
    {
    }

    /// <summary>Restores it into an empty database.</summary>
    /// <returns>What was seen of the reading, for the manifest.</returns>
    /// <exception cref="DamagedDumpException">It is not what was written.</exception>
    /// <exception cref="BackupException">It does not restore here.</exception>
    Task<IReadOnlyList<string>> RestoreAsync(DatabaseTarget database, CancellationToken cancellationToken);

    /// <summary>Removes what was begun and not used. The default is nothing.</summary>
    ValueTask IAsyncDisposable.DisposeAsync() => ValueTask.CompletedTask;
}
