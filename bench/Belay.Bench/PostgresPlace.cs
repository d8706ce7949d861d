using Belay.Postgres;
using Belay.Servers;
using Belay.Settings;
using Npgsql;

namespace Belay.Bench;

/// <summary>A private PostgreSQL, gone with all its data when disposed.</summary>
internal sealed class PostgresPlace : IAsyncDisposable
{
    private readonly PostgresServer server;

    private PostgresPlace(string folder, PostgresServer server) => (Folder, this.server) = (folder, server);

    /// <summary>The programs.</summary>
    public PostgresTools Tools => server.Tools;

    /// <summary>The server's main process.</summary>
    public int ProcessId => server.Process!.Id;

    /// <summary>The folder of everything.</summary>
    public string Folder { get; }

    /// <summary>Starts the server.</summary>
    /// <exception cref="BenchException">This machine has no PostgreSQL server.</exception>
    public static async Task<PostgresPlace> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        var found = await PostgresInstallations.FindAsync(cancellationToken);
        var tools = found.FirstOrDefault(tools => tools.HasServer)
            ?? throw new BenchException(
                "No PostgreSQL server was found on this machine.", "install PostgreSQL's server package, or name its folder in PG_BIN");
        DeleteWork(folder);
        var options = new PostgresServerOptions { Tools = tools, Folder = Path.Combine(folder, "postgres"), Durable = false };
        return new PostgresPlace(folder, await PostgresServer.StartAsync(options, cancellationToken));
    }

    /// <summary>An empty database of this name, in place of an earlier one.</summary>
    public async Task<DatabaseTarget> CreateDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(server.Target("postgres")).OpenAsync("bench", cancellationToken);
        foreach (var statement in new[] { $"DROP DATABASE IF EXISTS {name} WITH (FORCE)", $"CREATE DATABASE {name}" })
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return server.Target(name);
    }

    /// <summary>An empty folder that goes with the rest.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(Folder, "work", $"{name}-{Guid.NewGuid():N}")).FullName;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        ServicePlace.Remove(Path.Combine(Folder, "postgres"));
        DeleteWork(Folder);
    }

    private static void DeleteWork(string folder)
    {
        if (Directory.Exists(Path.Combine(folder, "work")))
        {
            Directory.Delete(Path.Combine(folder, "work"), recursive: true);
        }
    }
}
