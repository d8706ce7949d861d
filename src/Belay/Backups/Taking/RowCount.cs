using Belay.Backups.Catalogue;

namespace Belay.Backups.Taking;

/// <summary>Counts rows while a dump runs, once pg_dump holds its locks.</summary>
internal sealed class RowCount(DumpTarget target)
{
    private readonly TaskCompletionSource locksAreHeld = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Runs the dump and the count beside each other; when the dump fails, the count is stopped first.</summary>
    /// <param name="dump">The dump: gets what to call when pg_dump holds its locks; returns what the table of contents says, and pg_dump's warnings.</param>
    /// <param name="cancellationToken">Stops both.</param>
    public async Task<DumpedBytes> WhileAsync(Func<Action, CancellationToken, Task<(string Contents, string Warnings)>> dump, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var counting = CountAsync(stop.Token);
        try
        {
            var (contents, warnings) = await dump(() => locksAreHeld.TrySetResult(), stop.Token);
            locksAreHeld.TrySetResult();
            return new DumpedBytes(contents, await counting) { Warnings = warnings };
        }
        catch
        {
            await stop.CancelAsync();
            locksAreHeld.TrySetCanceled(stop.Token);
            await counting.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }
    }

    private async Task<CountedRows> CountAsync(CancellationToken cancellationToken)
    {
        await locksAreHeld.Task.WaitAsync(cancellationToken);
        return await target.Plan.Session.CountAsync(target.Request.Settings.RowCountLimit, cancellationToken);
    }
}
