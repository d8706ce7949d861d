using Belay.IntegrationTests.Support;
using Belay.Watching;
using Belay.Watching.Logs;

namespace Belay.IntegrationTests.Versions;

public sealed class WatchVersionTests(VersionsFixture versions, PostgresFixture machine)
{
    [Theory]
    [MemberData(nameof(VersionsFixture.Majors), MemberType = typeof(VersionsFixture))]
    public async Task Watches_every_version_and_says_that_it_has_no_log(int major)
    {
        await using var database = await versions.CreateDatabaseAsync(major, machine, Token);
        await database.ExecuteAsync("CREATE TABLE watched (id integer)", Token);
        await using var before = new WatchBaseline(TimeProvider.System)
        {
            Session = await EarlierSession.OpenAsync(database.Connector, ["watched"], Token),
        };
        await database.ExecuteAsync("ALTER TABLE watched ADD COLUMN more integer", Token);
        var request = new WatchRequest
        {
            Settings = new WatchSettings { For = TimeSpan.FromSeconds(1), Interval = TimeSpan.FromSeconds(0.4) },
            Connector = database.Connector,
            Logins = [],
            Checks = null,
            Names = new WatchedNames(["watched"]),
            Before = before,
        };
        var watcher = new Watcher(request, new TestOutput(), TimeProvider.System);

        await watcher.RunAsync(Token);

        Assert.Contains("cached plan must not change result type", Assert.Single(watcher.Seen.EarlierSession), StringComparison.Ordinal);
        Assert.Equal(4, watcher.Seen.Activity.Count);
        Assert.Contains(
            watcher.Seen.NotLookedAt,
            line => line.StartsWith("the server's log: the server writes no log files of its own", StringComparison.Ordinal));
    }
}
