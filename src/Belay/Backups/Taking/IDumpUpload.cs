using Belay.Backups.Catalogue;

namespace Belay.Backups.Taking;

/// <summary>A dump on its way into the store. Disposing one that was not committed leaves nothing visible.</summary>
internal interface IDumpUpload : IAsyncDisposable
{
    /// <summary>Runs pg_dump to its end, with every byte sent to the store and none committed.</summary>
    /// <exception cref="BackupException">pg_dump failed, or its archive lacks tables.</exception>
    Task<DumpedBytes> RunAsync(IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken);

    /// <summary>Makes the dump visible in the store. On a fault nothing of it stays.</summary>
    Task<StoredDump> CommitAsync(CancellationToken cancellationToken);
}
