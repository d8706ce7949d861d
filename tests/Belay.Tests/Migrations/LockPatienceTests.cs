using Belay.Migrations;
using Belay.Postgres;
using Belay.Settings;
using Belay.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Migrations;

/// <summary>How long each try waits for its locks, by a clock that the test moves.</summary>
public sealed class LockPatienceTests
{
    private readonly FakeTimeProvider timeProvider = new();

    [Fact]
    public async Task Begins_with_a_tenth_of_a_second_and_grows_by_half_up_to_the_limit()
        => Assert.Equal([100, 150, 225, 338, 506, 759, 1000, 1000], await LimitsAsync(TimeSpan.FromSeconds(1), TimeSpan.Zero, 8));

    [Fact]
    public async Task Begins_with_a_thirtieth_of_a_longer_limit()
        => Assert.Equal([2000, 3000, 4500], await LimitsAsync(TimeSpan.FromMinutes(1), TimeSpan.Zero, 3));

    [Fact]
    public async Task Never_exceeds_a_limit_shorter_than_the_first_try()
        => Assert.Equal([50, 50], await LimitsAsync(TimeSpan.FromMilliseconds(50), TimeSpan.Zero, 2));

    [Fact]
    public async Task Waits_as_long_as_the_work_took_that_the_next_try_would_lose()
        => Assert.Equal([100, 2400, 3000], await LimitsAsync(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2.5), 3));

    /// <summary>The limits in milliseconds of tries that each worked for a while.</summary>
    private async Task<IReadOnlyList<double>> LimitsAsync(TimeSpan longest, TimeSpan work, int count)
    {
        var settings = new MigrationSettings { Folder = "/", LockBudget = TimeSpan.FromHours(1) };
        var target = new DatabaseTarget { Hosts = [new DatabaseHost("db", 5432)], Database = "app", Username = "owner" };
        var patience = new LockPatience(
            new RunContext(new DatabaseConnector(target), settings, new TestOutput(), timeProvider) { BackupId = "" }, longest);
        var limits = new List<double>();
        while (true)
        {
            limits.Add(Math.Round(patience.Limit.TotalMilliseconds));
            if (limits.Count == count)
            {
                return limits;
            }

            timeProvider.Advance(work);
            var pause = patience.PauseAsync("1_a.sql", Token);
            timeProvider.Advance(TimeSpan.FromSeconds(10));
            Assert.True(await pause);
        }
    }
}
