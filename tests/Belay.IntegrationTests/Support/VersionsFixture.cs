using System.Collections.Concurrent;
using Belay.IntegrationTests.Support;
using Belay.Servers;

[assembly: AssemblyFixture(typeof(VersionsFixture))]

namespace Belay.IntegrationTests.Support;

/// <summary>One server of each major version for the whole run, started by the first test that asks for it.
/// The machine's own version is not started again.</summary>
public sealed class VersionsFixture : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, Lazy<Task<PostgresServer>>> servers = new();
    private int databases;

    private static string Parent => Path.Combine(TestFolder.Parent, "test-versions");

    /// <summary>The oldest that the registry has, the one that most tests run on, and the two newest.</summary>
    public static TheoryData<int> Majors => [13, 15, 17, 18];

    /// <summary>A new empty database of a version, dropped when it is disposed.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync(int major, PostgresFixture machine, CancellationToken cancellationToken)
    {
        if (machine.Tools.Major == major)
        {
            return await machine.CreateDatabaseAsync(cancellationToken);
        }

        Assert.SkipUnless(OperatingSystem.IsLinux(), $"There is no embedded PostgreSQL {major} for this system");
        var server = await servers.GetOrAdd(major, _ => new Lazy<Task<PostgresServer>>(() => StartAsync(major))).Value;
        return await TestDatabase.CreateAsync(server, $"test_{Interlocked.Increment(ref databases)}", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (major, server) in servers.Where(server => server.Value.Value.IsCompletedSuccessfully))
        {
            await (await server.Value).StopAsync();
            ServicePlace.Remove(FolderOf(major));
        }
    }

    private static string FolderOf(int major) => Path.Combine(Parent, $"run-{Environment.ProcessId}-{major}");

    /// <summary>Shared by all tests, so no single test's token stops it.</summary>
    private static async Task<PostgresServer> StartAsync(int major)
    {
        var tools = await OtherServers.ProvideAsync(major, CancellationToken.None);
        await LeftoverServers.SweepAsync(Parent, TimeProvider.System);
        return await PostgresServer.StartAsync(
            new()
            {
                Tools = tools,
                Folder = FolderOf(major),
                Durable = false,
                Settings = new Dictionary<string, string> { ["shared_buffers"] = "32MB" },
            },
            CancellationToken.None);
    }
}
