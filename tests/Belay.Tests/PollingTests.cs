using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests;

public sealed class PollingTests
{
    private readonly FakeTimeProvider timeProvider = new() { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public async Task Looks_once_when_there_is_no_patience()
    {
        var looks = 0;

        Assert.False(
            await new Polling(timeProvider) { Patience = TimeSpan.Zero }.UntilAsync(() => ++looks > 5, Token));
        Assert.Equal(1, looks);
    }

    [Fact]
    public async Task Looks_again_after_each_pause_until_it_is_so()
    {
        var looks = 0;
        var polling = new Polling(timeProvider) { Pause = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromMinutes(1) };

        var run = polling.UntilAsync(() => ++looks == 3, Token);
        timeProvider.Advance(TimeSpan.FromSeconds(1));
        timeProvider.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await run);
        Assert.Equal(3, looks);
    }

    [Fact]
    public async Task Stops_pausing_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var run = new Polling(timeProvider) { Patience = TimeSpan.FromMinutes(1) }.UntilAsync(() => false, source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }
}
