namespace Belay.Migrations;

/// <summary>How often and how long a migration asks again for its locks: every try has a limit, there is no last one without.</summary>
internal sealed class LockPatience(RunContext context)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly long started = context.Time.GetTimestamp();
    private int attempts;

    /// <summary>How many tries there were.</summary>
    public int Attempts => attempts;

    /// <summary>Pauses before the next try; false when the budget is spent. The pause grows, with jitter.</summary>
    public async Task<bool> PauseAsync(string fileName, CancellationToken cancellationToken)
    {
        attempts++;
        var left = context.Settings.LockBudget - context.Time.GetElapsedTime(started);
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        var longest = TimeSpan.FromMilliseconds(Math.Min(LongestPause.TotalMilliseconds, 250 * Math.Pow(1.5, Math.Min(attempts, 20))));
        var pause = longest * (0.5 + (Random.Shared.NextDouble() / 2));
        pause = pause < left ? pause : left;
        context.Output.Line($"{fileName} did not get its locks (attempt {attempts}); the next attempt is in {Quantity.Duration(pause)}, attempts go on for {Quantity.Duration(left)}");
        await Task.Delay(pause, context.Time, cancellationToken);
        return true;
    }
}
