using Belay;
using Belay.Local;
using Belay.Postgres;
using Belay.Servers;

[assembly: AssemblyFixture(typeof(Build.Tests.Support.ReleaseWorld))]

namespace Build.Tests.Support;

/// <summary>One PostgreSQL server for all release tests; each test gets a database, a login API, a store
/// and a root folder of its own.</summary>
public sealed class ReleaseWorld : IAsyncLifetime
{
    private static readonly string Servers = Path.Combine(TestFolder.Parent, "release-tests-postgres");
    private static readonly string ServerFolder = Path.Combine(Servers, $"run-{Environment.ProcessId}");
    private readonly string folder = TestFolder.New("releases");
    private readonly SemaphoreSlim roles = new(1);
    private PostgresServer? server;
    private int releases;

    internal SampleRoles Roles { get; } = new(new Secret($"owner-{Guid.NewGuid():N}"), new Secret($"api-{Guid.NewGuid():N}"));

    internal PostgresServer Server => server ?? throw new InvalidOperationException("The server is not started.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var tools = await new PostgresProvisioner(new TestOutput()).ProvideAsync(CancellationToken.None);
        await LeftoverServers.SweepAsync(Servers, TimeProvider.System);
        server = await PostgresServer.StartAsync(
            new PostgresServerOptions { Tools = tools, Folder = ServerFolder, Durable = false }, CancellationToken.None);
    }

    /// <summary>A new database with the guide's schema from before the migration, and everything a release of it needs.</summary>
    internal Task<ReleaseUnderTest> NewReleaseAsync(CancellationToken cancellationToken)
    {
        var name = $"release_{Interlocked.Increment(ref releases):000}";
        return ReleaseUnderTest.CreateAsync(this, name, Path.Combine(folder, name), cancellationToken);
    }

    /// <summary>Applies the guide's schema; one at a time, because roles belong to the whole server.</summary>
    internal async Task ApplySampleAsync(string database, CancellationToken cancellationToken)
    {
        await roles.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await new DatabaseConnector(Server.Target(database)).OpenAsync("test", cancellationToken);
            await SampleSchema.ApplyAsync(connection, Roles, cancellationToken);
        }
        finally
        {
            roles.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
            ServicePlace.Remove(ServerFolder);
        }

        roles.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
