namespace Belay.Watching.Activity;

/// <summary>What a server counted while somebody looked, also across its restarts and a reset of its counters.</summary>
internal sealed class ActivityTally(TimeProvider timeProvider)
{
    /// <summary>What is counted in less is no rate to hold another against.</summary>
    private static readonly TimeSpan LeastForRate = TimeSpan.FromSeconds(10);

    private ActivitySample? last;

    /// <summary>How long it was looked at.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Transactions that were committed.</summary>
    public long Commits { get; private set; }

    /// <summary>Transactions that were rolled back.</summary>
    public long Rollbacks { get; private set; }

    /// <summary>Deadlocks.</summary>
    public long Deadlocks { get; private set; }

    /// <summary>Queries that a standby cancelled.</summary>
    public long Conflicts { get; private set; }

    /// <summary>How often the server started anew.</summary>
    public int Restarts { get; private set; }

    /// <summary>Whether it was looked at for long enough to tell a rate.</summary>
    public bool HasRate => Elapsed >= LeastForRate;

    /// <summary>Adds a sample to those before.</summary>
    public void Add(ActivitySample sample)
    {
        if (last is { } before)
        {
            Elapsed += timeProvider.GetElapsedTime(before.Timestamp, sample.Timestamp);
            Restarts += sample.ServerStarted > before.ServerStarted ? 1 : 0;
            // Counters that were reset count from zero; what was between the last look and the reset is lost.
            var isReset = sample.CountedFrom != before.CountedFrom || sample.Commits < before.Commits || sample.Rollbacks < before.Rollbacks
                || sample.Deadlocks < before.Deadlocks || sample.Conflicts < before.Conflicts;
            var from = isReset ? sample with { Commits = 0, Rollbacks = 0, Deadlocks = 0, Conflicts = 0 } : before;
            Commits += sample.Commits - from.Commits;
            Rollbacks += sample.Rollbacks - from.Rollbacks;
            Deadlocks += sample.Deadlocks - from.Deadlocks;
            Conflicts += sample.Conflicts - from.Conflicts;
        }

        last = sample;
    }

    /// <summary>The counts in lines, each beside its rate before.</summary>
    /// <param name="before">What was counted before the migration; null when nobody looked then.</param>
    public IReadOnlyList<string> Lines(ActivityTally? before) =>
    [
        Line("transactions rolled back", Rollbacks, before, one => one.Rollbacks),
        Line("deadlocks", Deadlocks, before, one => one.Deadlocks),
        Line("queries cancelled by recovery", Conflicts, before, one => one.Conflicts),
        Line("transactions committed", Commits, before, one => one.Commits),
        .. Restarts == 0 ? Array.Empty<string>() : [$"the server was started anew {Quantity.Count(Restarts, "time")}"],
    ];

    private string Line(string name, long count, ActivityTally? before, Func<ActivityTally, long> of)
        => $"{name}: {count}, {Rate(count, Elapsed)}"
            + (before is { HasRate: true } ? $"; before the migration {Rate(of(before), before.Elapsed)}" : "");

    private static string Rate(long count, TimeSpan elapsed)
        => elapsed < LeastForRate ? "no rate in so short a time" : FormattableString.Invariant($"{count / elapsed.TotalMinutes:0.0}/min");
}
