namespace Belay.Backups;

/// <summary>Does several things at the same time.</summary>
internal static class AtOnce
{
    /// <summary>Does all of them and waits until none runs.</summary>
    /// <param name="works">In the order in which their failures count.</param>
    /// <exception cref="Exception">That of the first in order that failed; those behind it were stopped.</exception>
    public static async Task RunAsync(IReadOnlyList<Func<CancellationToken, Task>> works, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = works.Select(work => Task.Run(() => work(stop.Token), cancellationToken)).ToList();
        try
        {
            foreach (var task in running)
            {
                await task;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
