using Belay.Watching.Activity;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Watching.Activity;

public sealed class ActivityTallyTests
{
    private static readonly DateTime Started = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly FakeTimeProvider timeProvider = new();

    [Fact]
    public void Counts_stand_beside_their_rates_and_those_of_before()
    {
        var before = Tally((0, 100, 10, 0), (60, 160, 16, 1));
        var after = Tally((0, 160, 16, 1), (30, 200, 20, 1), (120, 300, 40, 3));

        Assert.Equal(
            [
                "transactions rolled back: 24, 12.0/min; before the migration 6.0/min",
                "deadlocks: 2, 1.0/min; before the migration 1.0/min",
                "queries cancelled by recovery: 0, 0.0/min; before the migration 0.0/min",
                "transactions committed: 140, 70.0/min; before the migration 60.0/min",
            ],
            after.Lines(before));
        Assert.Equal("transactions rolled back: 24, 12.0/min", after.Lines(null)[0]);
    }

    [Fact]
    public void Counters_that_begin_anew_are_counted_from_zero_and_a_restart_is_told()
    {
        var tally = new ActivityTally(timeProvider);
        tally.Add(new ActivitySample(timeProvider.GetTimestamp(), 1000, 50, 5, 0, null, Started));
        timeProvider.Advance(TimeSpan.FromMinutes(1));
        tally.Add(new ActivitySample(timeProvider.GetTimestamp(), 20, 3, 0, 0, null, Started.AddHours(1)));
        timeProvider.Advance(TimeSpan.FromMinutes(1));
        tally.Add(new ActivitySample(timeProvider.GetTimestamp(), 2000, 4, 0, 0, Started, Started.AddHours(1)));

        Assert.Equal((3 + 4, 0, 2020, 1), (tally.Rollbacks, tally.Deadlocks, tally.Commits, tally.Restarts));
        Assert.Equal("the server was started anew 1 time", tally.Lines(null)[^1]);
    }

    [Fact]
    public void One_look_alone_has_no_rate()
        => Assert.Equal("deadlocks: 0, no rate in so short a time", Tally((0, 1, 1, 1)).Lines(Tally((0, 1, 1, 1)))[1]);

    private ActivityTally Tally(params (int Second, long Commits, long Rollbacks, long Deadlocks)[] samples)
    {
        var tally = new ActivityTally(timeProvider);
        var last = 0;
        foreach (var (second, commits, rollbacks, deadlocks) in samples)
        {
            timeProvider.Advance(TimeSpan.FromSeconds(second - last));
            last = second;
            tally.Add(new ActivitySample(timeProvider.GetTimestamp(), commits, rollbacks, deadlocks, 0, null, Started));
        }

        return tally;
    }
}
