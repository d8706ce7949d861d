using Belay.Settings.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Settings.Tokens;

public sealed class DatabaseTokensTests
{
    private readonly FakeTimeProvider timeProvider = new();

    [Fact]
    public async Task Uses_a_token_again_until_five_minutes_before_its_end()
    {
        var tokens = new DatabaseTokens(new CountingTokens(timeProvider, TimeSpan.FromMinutes(60)), timeProvider);

        Assert.Equal("token 1", (await tokens.GetAsync(Token)).Reveal());
        timeProvider.Advance(TimeSpan.FromMinutes(54.9));
        Assert.Equal("token 1", (await tokens.GetAsync(Token)).Reveal());
        timeProvider.Advance(TimeSpan.FromMinutes(0.1));
        Assert.Equal("token 2", (await tokens.GetAsync(Token)).Reveal());
    }

    [Fact]
    public async Task Uses_one_that_lives_shorter_for_half_of_its_life()
    {
        var tokens = new DatabaseTokens(new CountingTokens(timeProvider, TimeSpan.FromMinutes(4)), timeProvider);

        await tokens.GetAsync(Token);
        timeProvider.Advance(TimeSpan.FromMinutes(1.9));
        Assert.Equal("token 1", (await tokens.GetAsync(Token)).Reveal());
        timeProvider.Advance(TimeSpan.FromMinutes(0.1));
        Assert.Equal("token 2", (await tokens.GetAsync(Token)).Reveal());
    }

    [Fact]
    public async Task Asks_for_one_when_two_connections_begin_at_once()
    {
        var source = new CountingTokens(timeProvider, TimeSpan.FromMinutes(60));
        var tokens = new DatabaseTokens(source, timeProvider);

        await Task.WhenAll(tokens.GetAsync(Token), tokens.GetAsync(Token), tokens.GetAsync(Token));

        Assert.Equal(1, source.Issued);
    }

    [Fact]
    public async Task Waits_until_the_next_is_due_and_never_spins_with_one_that_is_over_already()
    {
        var tokens = new DatabaseTokens(new CountingTokens(timeProvider, TimeSpan.FromMinutes(15)), timeProvider);
        await tokens.GetAsync(Token);

        var waiting = tokens.WaitForNextAsync(Token);
        timeProvider.Advance(TimeSpan.FromMinutes(9.9));
        Assert.False(waiting.IsCompleted);
        timeProvider.Advance(TimeSpan.FromMinutes(0.1));
        await waiting;

        Assert.False(tokens.WaitForNextAsync(Token).IsCompleted);
    }

    [Fact]
    public async Task Masks_each_token_everywhere()
    {
        await new DatabaseTokens(new CountingTokens(timeProvider, TimeSpan.FromMinutes(15)), timeProvider).GetAsync(Token);

        Assert.Equal("refused: ***", HarmlessText.Of("refused: token 1"));
    }
}
