using Belay.Backups;

namespace Belay.Tests.Backups;

public sealed class AtOnceTests
{
    private static readonly Func<CancellationToken, Task> Passes = _ => Task.CompletedTask;

    [Fact]
    public async Task Does_them_at_the_same_time()
    {
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());

        await AtOnce.RunAsync(
            [
                _ =>
                {
                    first.SetResult();
                    return second.Task;
                },
                _ =>
                {
                    second.SetResult();
                    return first.Task;
                },
            ],
            Token);
    }

    [Fact]
    public async Task Tells_the_first_failure_in_order_whichever_came_first()
    {
        var second = new TaskCompletionSource();

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => AtOnce.RunAsync(
            [
                async _ =>
                {
                    await second.Task;
                    throw new InvalidOperationException("first");
                },
                _ =>
                {
                    second.SetResult();
                    throw new InvalidOperationException("second");
                },
            ],
            Token));

        Assert.Equal("first", fault.Message);
    }

    [Fact]
    public async Task Stops_what_stands_behind_a_failure_and_waits_for_its_end()
    {
        var isEnded = false;

        await Assert.ThrowsAsync<InvalidOperationException>(() => AtOnce.RunAsync(
            [
                _ => throw new InvalidOperationException("first"),
                async token =>
                {
                    await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    isEnded = true;
                },
            ],
            Token));

        Assert.True(isEnded);
    }

    [Fact]
    public async Task A_cancellation_stops_all_of_them()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = AtOnce.RunAsync([Passes, token => Task.Delay(Timeout.Infinite, token)], stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
