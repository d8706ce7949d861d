namespace Belay.Migrations;

/// <summary>How often and how long a migration asks again for its locks: every try has a limit, there is no last one without.</summary>
/// <remarks>
/// Whoever comes after a waiting ALTER TABLE waits as long as it does. So the first tries are short and
/// each next one is half as long again, up to the limit, as in GitLab's migrations.
/// </remarks>
/// <param name="longest">The longest wait for one lock, per try.</param>
internal sealed class LockPatience(RunContext context, TimeSpan longest)
{
    private const double Growth = 1.5;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(375);
    private static readonly TimeSpan FirstLimit = TimeSpan.FromMilliseconds(100);

    private readonly long started = context.TimeProvider.GetTimestamp();
    private long began = context.TimeProvider.GetTimestamp();

    /// <summary>How many tries failed.</summary>
    public int Attempts { get; private set; }

    /// <summary>What the tries waited for, and whether it can be had now.</summary>
    public LockOutlook Outlook { get; } = new(context);

    /// <summary>The longest wait for one lock in this try.</summary>
    public TimeSpan Limit { get; private set; } = Shorter(longest, Longer(FirstLimit, longest / 30));

    /// <summary>Says that the locks were had, when not at the first try.</summary>
    public void Tell(string fileName)
    {
        if (Attempts > 0)
        {
            Say(
                $"{fileName} got its locks after {Quantity.Duration(context.TimeProvider.GetElapsedTime(started))}, "
                    + $"{Quantity.Count(Attempts + 1, "attempt")}");
        }
    }

    /// <summary>Pauses before the next try; false when the budget is spent. The pause grows, with jitter. While a transaction lasts that
    /// has what the try waited for it goes on, for half of the budget in all: then tries are made whoever is in the way.</summary>
    public async Task<bool> PauseAsync(string fileName, CancellationToken cancellationToken)
    {
        Attempts++;
        var left = context.Settings.LockBudget - context.TimeProvider.GetElapsedTime(started);
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        // A try that had worked for long loses that work again if it is as impatient as the first ones.
        Limit = Shorter(longest, Longer(Limit * Growth, context.TimeProvider.GetElapsedTime(began) - Limit));
        var pause = Shorter(
            left,
            Shorter(LongestPause, FirstPause * Math.Pow(Growth, Math.Min(Attempts - 1, 20))) * (0.5 + (Random.Shared.NextDouble() / 2)));
        Say(
            $"{fileName} did not get its locks (attempt {Attempts}); the next attempt is in {Quantity.Duration(pause)} at the "
                + $"earliest, attempts go on for {Quantity.Duration(left)}");
        await Outlook.PauseAsync(fileName, pause, left - (context.Settings.LockBudget / 2), cancellationToken);
        began = context.TimeProvider.GetTimestamp();
        return true;
    }

    private void Say(string text)
    {
        context.Output.Line(text);
        context.Trace?.Wait(text);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
