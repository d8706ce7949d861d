using Belay.Watching.Activity;

namespace Belay.Watching;

/// <summary>What was seen before a migration, to hold what comes after against it.</summary>
internal sealed class WatchBaseline(TimeProvider timeProvider) : IAsyncDisposable
{
    /// <summary>What the server counted before the migration.</summary>
    public ActivityTally Activity { get; } = new(timeProvider);

    /// <summary>The session that stays open over the migration; null when there is none.</summary>
    public EarlierSession? Session { get; set; }

    /// <summary>Why there is none, as a clause; null when there is one.</summary>
    public string? SessionFault { get; set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Session is { } session)
        {
            Session = null;
            await session.DisposeAsync();
        }
    }
}
