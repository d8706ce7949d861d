using System.Diagnostics.CodeAnalysis;

namespace Belay.Settings.Tokens;

/// <summary>The password of a role whose passwords expire: each is used again until its end is near.</summary>
/// <param name="timeProvider">The clock by which they expire.</param>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "The semaphore holds nothing as long as nobody asks for its wait handle.")]
internal sealed class DatabaseTokens(ITokenSource source, TimeProvider timeProvider)
{
    /// <summary>A program that is started with a token needs a moment until it connects, and clocks differ.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim gate = new(1);
    private Secret? current;
    private DateTimeOffset nextUtc;

    /// <summary>A token that a connection can be opened with for at least <see cref="Margin"/>, or half of its life where that is
    /// shorter.</summary>
    public async Task<Secret> GetAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (current is null || nextUtc <= timeProvider.GetUtcNow())
            {
                var token = await source.IssueAsync(cancellationToken);
                var half = (token.ExpiresUtc - timeProvider.GetUtcNow()) / 2;
                nextUtc = token.ExpiresUtc - (half < Margin ? half : Margin);
                current = token.Value;
            }

            return current;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Waits until <see cref="GetAsync"/> issues another one.</summary>
    public Task WaitForNextAsync(CancellationToken cancellationToken)
    {
        var left = nextUtc - timeProvider.GetUtcNow();
        return WaitAsync(left < ShortestWait ? ShortestWait : left, cancellationToken);
    }

    /// <summary>Waits by the clock that the tokens expire by.</summary>
    public Task WaitAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, timeProvider, cancellationToken);
}
