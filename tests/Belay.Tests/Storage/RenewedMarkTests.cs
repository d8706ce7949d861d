using Belay.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Storage;

public sealed class RenewedMarkTests
{
    private readonly FakeTimeProvider timeProvider = new();
    private readonly List<string> lost = [];
    private readonly SemaphoreSlim tried = new(0);
    private int ended;
    private string? fault;

    [Fact]
    public async Task Is_renewed_until_it_is_disposed_and_then_ended_once()
    {
        var mark = Begin();
        await TickAsync(3);
        await mark.DisposeAsync();
        await mark.DisposeAsync();
        timeProvider.Advance(RenewedMark.Period);
        Assert.Equal((1, 0), (ended, tried.CurrentCount));
        Assert.Empty(lost);
    }

    [Fact]
    public async Task Tells_once_that_it_was_lost_when_no_try_succeeded_for_its_whole_life()
    {
        await using var mark = Begin();
        fault = "The store went away.";
        await TickAsync(5);
        Assert.Empty(lost);
        await TickAsync(4);
        Assert.Equal(["The store went away."], lost);
    }

    [Fact]
    public async Task Tells_nothing_of_tries_that_fail_now_and_then()
    {
        await using var mark = Begin();
        for (var round = 0; round < 3; round++)
        {
            fault = "The store is busy.";
            await TickAsync(4);
            fault = null;
            await TickAsync(1);
        }

        Assert.Empty(lost);
    }

    [Fact]
    public async Task Ends_quietly_when_the_store_cannot_be_reached_any_more()
    {
        var mark = Begin(() => throw new StoreException("The store went away."));
        await mark.DisposeAsync();
        Assert.Equal(1, ended);
    }

    private RenewedMark Begin(Action? onEnd = null) => new(new RenewedMarkOptions
    {
        Life = TimeSpan.FromSeconds(60),
        RenewAsync = _ =>
        {
            var current = fault;
            tried.Release();
            return current is null ? Task.CompletedTask : throw new StoreException(current);
        },
        EndAsync = _ =>
        {
            ended++;
            onEnd?.Invoke();
            return Task.CompletedTask;
        },
        Lost = lost.Add,
        TimeProvider = timeProvider,
    });

    private async Task TickAsync(int times)
    {
        for (var tick = 0; tick < times; tick++)
        {
            timeProvider.Advance(RenewedMark.Period);
            await tried.WaitAsync(Token);
        }
    }
}
