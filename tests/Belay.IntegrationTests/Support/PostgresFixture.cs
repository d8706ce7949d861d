using Belay.IntegrationTests.Support;
using Belay.Local;
using Belay.Postgres;
using Belay.Servers;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Belay.IntegrationTests.Support;

/// <summary>One private cluster for the whole run, without fsync; tests make databases of their own in it.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private static string Parent => Path.Combine(TestFolder.Parent, "test-postgres");

    private readonly string folder = Path.Combine(Parent, $"run-{Environment.ProcessId}");
    private PostgresServer? server;
    private int databases;

    public PostgresServer Server => server ?? throw new InvalidOperationException("The server is not started.");

    public PostgresTools Tools => Server.Tools;

    /// <summary>The newest installation of this machine that has a server; installed now where there is none.</summary>
    public static Task<PostgresTools> FindToolsAsync(CancellationToken cancellationToken)
        => new PostgresProvisioner(new TestOutput()).ProvideAsync(cancellationToken);

    /// <summary>A new empty database from template0, dropped when it is disposed.</summary>
    public Task<TestDatabase> CreateDatabaseAsync(CancellationToken cancellationToken)
        => TestDatabase.CreateAsync(Server, $"test_{Interlocked.Increment(ref databases)}", cancellationToken);

    public async ValueTask InitializeAsync()
    {
        await LeftoverServers.SweepAsync(Parent, TimeProvider.System);
        server = await PostgresServer.StartAsync(
            new()
            {
                Tools = await FindToolsAsync(CancellationToken.None),
                Folder = folder,
                Durable = false,
                Settings = new Dictionary<string, string> { ["max_connections"] = "300", ["shared_buffers"] = "64MB" },
            },
            CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.StopAsync();
        }

        ServicePlace.Remove(folder);
    }
}
