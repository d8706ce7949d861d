using Belay.Local;
using Belay.Postgres;
using Belay.Servers;
using Belay.Settings;
using Belay.Storage;
using Belay.Storage.Kinds;

namespace Belay.Bench.Backups;

/// <summary>A private PostgreSQL and a private Azurite, gone with all their data when disposed.</summary>
internal sealed class BenchPlace : IAsyncDisposable
{
    /// <summary>The container of all runs.</summary>
    public const string Container = "bench";

    private const string DatabaseName = "sample";

    private static readonly string[] Disposable = ["azurite", "work"];
    private static readonly string[] NewDatabase =
    [
        $"DROP DATABASE IF EXISTS {DatabaseName} WITH (FORCE)", $"CREATE DATABASE {DatabaseName}",
    ];

    private readonly PostgresServer postgres;

    private BenchPlace(string folder, PostgresServer postgres, AzuriteServer azurite)
        => (Folder, this.postgres, Azurite) = (folder, postgres, azurite);

    /// <summary>The folder of everything.</summary>
    public string Folder { get; }

    /// <summary>The programs measured.</summary>
    public PostgresTools Tools => postgres.Tools;

    /// <summary>The store's server.</summary>
    public AzuriteServer Azurite { get; }

    /// <summary>The database that is backed up.</summary>
    public DatabaseTarget Database => postgres.Target(DatabaseName);

    /// <summary>Starts both servers, after clearing what a killed run left, and creates an empty database and the container.</summary>
    /// <param name="folder">A folder for this suite alone.</param>
    /// <param name="cancellationToken">Stops the start; nothing keeps running.</param>
    /// <exception cref="BenchException">This machine has no PostgreSQL server.</exception>
    public static async Task<BenchPlace> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        var found = await PostgresInstallations.FindAsync(cancellationToken);
        var tools = found.FirstOrDefault(tools => tools.HasServer)
            ?? throw new BenchException(
                "No PostgreSQL server was found on this machine.", "install PostgreSQL's server package, or name its folder in PG_BIN");
        var postgres = await PostgresServer.StartAsync(
            new PostgresServerOptions { Tools = tools, Folder = PostgresFolder(folder), Durable = false }, cancellationToken);
        AzuriteServer? azurite = null;
        try
        {
            await CreateDatabaseAsync(postgres, cancellationToken);
            DeleteFolders(folder);
            azurite = await AzuriteServer.StartAsync(Path.Combine(folder, "azurite"), cancellationToken);
            await StoreFactory.Open(azurite.Location(Container)).ProbeAsync(cancellationToken);
            return new BenchPlace(folder, postgres, azurite);
        }
        catch
        {
            await (azurite?.DisposeAsync() ?? ValueTask.CompletedTask);
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>The store below one prefix.</summary>
    public IBackupStore Store(string prefix) => StoreFactory.Open(Azurite.Location(Container) with { Prefix = prefix });

    /// <summary>A folder that goes with the rest.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(Folder, "work", name)).FullName;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Azurite.DisposeAsync();
        await postgres.DisposeAsync();
        ServicePlace.Remove(PostgresFolder(Folder));
        DeleteFolders(Folder);
    }

    private static async Task CreateDatabaseAsync(PostgresServer postgres, CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(postgres.Target("postgres")).OpenAsync("bench", cancellationToken);
        foreach (var statement in NewDatabase)
        {
            await using var command = new Npgsql.NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static void DeleteFolders(string folder)
    {
        foreach (var name in Disposable.Select(name => Path.Combine(folder, name)).Where(Directory.Exists))
        {
            Directory.Delete(name, recursive: true);
        }
    }

    private static string PostgresFolder(string folder) => Path.Combine(folder, "postgres");
}
