using Belay.Reporting;

namespace Belay.Notices;

/// <summary>Tells all webhooks of one run: of its start while it runs on, of its end before it ends.</summary>
internal sealed class NoticeSender(IReadOnlyList<Webhook> webhooks, TimeProvider timeProvider, HttpMessageHandler? handler = null)
    : IDisposable
{
    private readonly WebhookClient client = new(timeProvider, handler);
    private readonly CancellationTokenSource ending = new();
    private readonly Dictionary<Webhook, Task<string?>> starts = [];

    /// <summary>How long the start may take while the run goes on, and again how long the end may hold up the run. The default is ten
    /// seconds.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Tells of the start and waits for nobody.</summary>
    public void Start(ReleaseRecord run)
    {
        var notice = Notice.OfStart(run);
        foreach (var webhook in webhooks)
        {
            starts[webhook] = Task.Run(() => client.SendAsync(webhook, notice, Limit, ending.Token), CancellationToken.None);
        }
    }

    /// <summary>Tells of the end, all webhooks at once.</summary>
    public async Task<IReadOnlyList<NoticeOutcome>> EndAsync(ReleaseRecord run)
    {
        var notice = Notice.OfEnd(run);
        return await Task.WhenAll(webhooks.Select(webhook => EndAsync(webhook, notice)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ending.Cancel();
        client.Dispose();
        ending.Dispose();
    }

    private async Task<NoticeOutcome> EndAsync(Webhook webhook, Notice notice)
    {
        var begun = timeProvider.GetTimestamp();
        string? start = null;
        if (starts.TryGetValue(webhook, out var telling))
        {
            // The end must not overtake the start; half the time at most is left to that.
            await Task.WhenAny(telling, Task.Delay(Limit / 2, timeProvider, CancellationToken.None));
            start = telling.IsCompleted ? await telling : "it did not answer";
        }

        // A machine that slept meanwhile has used up all of the time, and the end is still to be told.
        var left = Limit - timeProvider.GetElapsedTime(begun);
        var limit = left > Limit / 4 ? left : Limit / 4;
        return new NoticeOutcome(webhook, start, await client.SendAsync(webhook, notice, limit, CancellationToken.None));
    }
}
