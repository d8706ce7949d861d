using Belay.IntegrationTests.Support;
using Belay.Local;
using Belay.Postgres;
using Belay.Servers;

namespace Belay.IntegrationTests.Local;

public sealed class EmbeddedPostgresTests
{
    [Theory]
    [InlineData(13)]
    [InlineData(18)]
    public async Task Provides_a_server_of_another_version_that_starts(int major)
    {
        var tools = await OtherServers.ProvideAsync(major, Token);
        Assert.Equal(major, tools.Major);
        var parent = TestFolder.New("embedded");
        await using (var server = await ScratchServer.StartAsync(tools, parent, TimeProvider.System, Token))
        {
            await using var connection = await new DatabaseConnector(server.Target("postgres")).OpenAsync("test", Token);
            Assert.Equal(major, connection.PostgreSqlVersion.Major);
        }

        Assert.Empty(Directory.GetFileSystemEntries(parent));
        Directory.Delete(parent);
    }

    [Fact]
    public async Task Refuses_a_version_that_is_not_pinned()
    {
        var refusal = await Assert.ThrowsAsync<LocalException>(() => OtherServers.ProvideAsync(7, Token));
        Assert.Equal(
            "There is no embedded PostgreSQL 7 for this system; there are 13, 14, 15, 16, 17, 18 for Linux on x64.", refusal.Message);
    }
}
