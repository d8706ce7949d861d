using Belay.IntegrationTests.Migrations;
using Belay.Postgres;
using Belay.Servers;

namespace Belay.IntegrationTests.Support;

/// <summary>A server on which autovacuum works, which the servers of other tests have switched off.</summary>
public sealed class AutovacuumServer : IAsyncDisposable
{
    /// <summary>What has autovacuum take its time with a table, so that a test meets it at work.</summary>
    public const string Slow = "autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1";

    private readonly PostgresServer server;
    private readonly string folder;

    private AutovacuumServer(PostgresServer server, string folder) => (this.server, this.folder) = (server, folder);

    /// <summary>Starts one.</summary>
    public static async Task<AutovacuumServer> StartAsync(PostgresTools tools, CancellationToken cancellationToken)
    {
        var folder = TestFolder.New("autovacuum");
        var options = new PostgresServerOptions
        {
            Tools = tools,
            Folder = Path.Combine(folder, "server"),
            Durable = false,
            Settings = new Dictionary<string, string> { ["autovacuum"] = "on", ["autovacuum_naptime"] = "1s" },
        };
        return new AutovacuumServer(await PostgresServer.StartAsync(options, cancellationToken), folder);
    }

    /// <summary>A new database in it, which goes with the server.</summary>
    public Task<TestDatabase> CreateDatabaseAsync(CancellationToken cancellationToken)
        => TestDatabase.CreateAsync(server, "test", cancellationToken);

    /// <summary>Waits until autovacuum has begun with a table.</summary>
    public static Task WorksAsync(TestDatabase database, CancellationToken cancellationToken) => MigrationBench.WaitForAsync(
        async () => await database.ScalarAsync("SELECT EXISTS (SELECT FROM pg_stat_progress_vacuum)", cancellationToken) is true,
        "autovacuum");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await server.StopAsync();
        await server.DisposeAsync();
        ServicePlace.Remove(Path.Combine(folder, "server"));
        Directory.Delete(folder, recursive: true);
    }
}
