namespace Belay.Storage;

/// <summary>Renews a mark in the background until it is disposed.</summary>
internal sealed class RenewedMark : IAsyncDisposable
{
    /// <summary>How often a mark is renewed; short against every mark's life, so that a few failed tries do not end it.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(20);

    private readonly RenewedMarkOptions options;
    private readonly CancellationTokenSource stop = new();
    private readonly Task renewing;
    private bool disposed;

    public RenewedMark(RenewedMarkOptions options)
    {
        this.options = options;
        renewing = RenewAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        await stop.CancelAsync();
        await renewing;
        stop.Dispose();
        using var limit = new CancellationTokenSource(EndLimit, options.TimeProvider);
        try
        {
            await options.EndAsync(limit.Token);
        }
        catch (Exception fault) when (fault is StoreException or OperationCanceledException)
        {
            // The mark then ends by itself; the work that it covered is done.
            return;
        }
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(Period, options.TimeProvider);
        var renewed = options.TimeProvider.GetTimestamp();
        var told = false;
        while (await TickAsync(timer))
        {
            var fault = await TryRenewAsync();
            if (fault is null)
            {
                (renewed, told) = (options.TimeProvider.GetTimestamp(), false);
            }
            else if (!told && options.TimeProvider.GetElapsedTime(renewed) >= options.Life)
            {
                told = true;
                options.Lost(fault);
            }
        }
    }

    private async Task<bool> TickAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Null when it was renewed, or when nobody needs it any more.</summary>
    private async Task<string?> TryRenewAsync()
    {
        using var limit = new CancellationTokenSource(options.Life, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, limit.Token);
        try
        {
            await options.RenewAsync(either.Token);
            return null;
        }
        catch (StoreException fault)
        {
            return fault.Message;
        }
        catch (OperationCanceledException)
        {
            return stop.IsCancellationRequested ? null : "the store did not answer in time";
        }
    }
}
