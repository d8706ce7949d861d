using Belay.Backups.Catalogue;
using Npgsql;

namespace Belay.Backups.Taking;

/// <summary>Counts rows while a dump runs, once pg_dump holds its locks.</summary>
internal sealed class RowCount(DumpTarget target)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly TaskCompletionSource locksAreHeld = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SnapshotSession Session => target.Plan.Session;

    /// <summary>Runs the dump and the count beside each other; when the dump fails, the count is stopped first.</summary>
    /// <param name="dump">The dump: gets what to call when pg_dump holds its locks; returns what the
    /// table of contents says, and pg_dump's warnings.</param>
    /// <exception cref="BackupException">The dump failed, or the snapshot's rows were gone before pg_dump held its locks.</exception>
    public async Task<DumpedBytes> WhileAsync(
        Func<Action, CancellationToken, Task<(string Contents, string Warnings)>> dump, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var counting = CountAsync(stop.Token);
        var dumping = dump(() => locksAreHeld.TrySetResult(), stop.Token);
        try
        {
            // A snapshot that has no rows any more ends the dump; a dump that failed ends the count.
            await await Task.WhenAny(dumping, counting);
            var (contents, warnings) = await dumping;
            locksAreHeld.TrySetResult();
            return new DumpedBytes(contents, await counting) { Warnings = warnings };
        }
        catch
        {
            await stop.CancelAsync();
            locksAreHeld.TrySetCanceled(stop.Token);
            await Task.WhenAll(dumping, counting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task<CountedRows> CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            await YieldUntilLockedAsync(cancellationToken);
            await Session.DemandRowsAsync(cancellationToken);
        }
        catch (NpgsqlException fault)
        {
            throw new BackupException(
                $"The session that holds the snapshot of {target.Request.Database.DisplayName} failed before pg_dump had its locks, so "
                    + $"nobody knows whether the dump has every row: {fault.Message}\nNothing was stored.",
                "./build.sh Backup",
                fault);
        }

        return await Session.CountAsync(target.Request.Settings.RowCountLimit, cancellationToken);
    }

    private async Task YieldUntilLockedAsync(CancellationToken cancellationToken)
    {
        while (!locksAreHeld.Task.IsCompleted)
        {
            await Session.YieldAsync(cancellationToken);
            await Task.WhenAny(locksAreHeld.Task, Task.Delay(Look, target.Plan.TimeProvider, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
