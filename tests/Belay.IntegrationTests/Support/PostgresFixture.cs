using Belay.IntegrationTests.Support;
using Belay.Postgres;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Belay.IntegrationTests.Support;

/// <summary>One private cluster for the whole run, without fsync; tests make databases of their own in it.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private static string Parent => Path.Combine(RepositoryFolder.Temp, "test-postgres");

    private readonly string folder = Path.Combine(Parent, $"run-{Environment.ProcessId}");
    private PostgresServer? server;
    private int databases;

    public PostgresServer Server => server ?? throw new InvalidOperationException("The server is not started.");

    public PostgresTools Tools => Server.Tools;

    /// <summary>The newest installation of this machine that has a server.</summary>
    public static async Task<PostgresTools> FindToolsAsync(CancellationToken cancellationToken)
        => (await PostgresInstallations.FindAsync(cancellationToken)).FirstOrDefault(tools => tools.HasServer)
            ?? throw new InvalidOperationException("No PostgreSQL with a server on this machine: install the package postgresql or set PG_BIN.");

    /// <summary>A new empty database from template0, dropped when it is disposed.</summary>
    public Task<TestDatabase> CreateDatabaseAsync(CancellationToken cancellationToken)
        => TestDatabase.CreateAsync(Server, $"test_{Interlocked.Increment(ref databases)}", cancellationToken);

    public async ValueTask InitializeAsync()
    {
        await LeftoverServers.SweepAsync(Parent);
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
