using Belay.Local;
using Belay.Postgres;
using Belay.Settings;
using Npgsql;

namespace Belay.Bench.Logins;

/// <summary>A private PostgreSQL with the sample's table of many users and the login API in front of it, gone with all data when disposed.</summary>
internal sealed class LoginsPlace : IAsyncDisposable
{
    private const string DatabaseName = "logins";

    /// <summary>The four columns that the API reads, and users who all have the sample user's password. The ids of the sample end at 15.</summary>
    private const string Fill = """
        ALTER TABLE "user" ADD clear_previous_anomalies boolean NOT NULL DEFAULT true, ADD show_clear_warning boolean NOT NULL DEFAULT true,
            ADD max_reports integer NOT NULL DEFAULT 5, ADD max_templates integer NOT NULL DEFAULT 5;
        INSERT INTO "user" (id, username, password_hash)
            SELECT 100 + n, 'user' || n, (SELECT password_hash FROM "user" WHERE username = 'testuser') FROM generate_series(1, {0}) AS n;
        """;

    private readonly PostgresServer server;
    private readonly SampleRoles roles;

    private LoginsPlace(string folder, PostgresServer server, SampleRoles roles) => (Folder, this.server, this.roles) = (folder, server, roles);

    /// <summary>The folder of everything.</summary>
    public string Folder { get; }

    /// <summary>The programs.</summary>
    public PostgresTools Tools => server.Tools;

    /// <summary>The database as the role that owns the table.</summary>
    public DatabaseTarget Owner => server.Target(DatabaseName) with { Username = roles.Owner, Password = roles.OwnerPassword };

    /// <summary>The database as the API's role.</summary>
    public DatabaseTarget Api => server.Target(DatabaseName) with { Username = roles.Api, Password = roles.ApiPassword };

    /// <summary>Starts the server and makes the users.</summary>
    /// <exception cref="LocalException">This machine has no PostgreSQL server, and none can be installed.</exception>
    public static async Task<LoginsPlace> OpenAsync(string folder, int users, IReleaseOutput output, CancellationToken cancellationToken)
    {
        DeleteWork(folder);
        var options = new PostgresServerOptions { Tools = await new PostgresProvisioner(output).ProvideAsync(cancellationToken), Folder = Path.Combine(folder, "postgres"), Durable = false };
        var server = await PostgresServer.StartAsync(options, cancellationToken);
        var place = new LoginsPlace(folder, server, new SampleRoles(new Secret($"{Guid.NewGuid():N}"), new Secret($"{Guid.NewGuid():N}")));
        try
        {
            await place.ExecuteAsync(server.Target("postgres"), $"DROP DATABASE IF EXISTS {DatabaseName} WITH (FORCE)", cancellationToken);
            await place.ExecuteAsync(server.Target("postgres"), $"CREATE DATABASE {DatabaseName}", cancellationToken);
            await using var connection = await new DatabaseConnector(server.Target(DatabaseName)).OpenAsync("bench", cancellationToken);
            await SampleSchema.ApplyAsync(connection, place.roles, cancellationToken);
            await place.ExecuteAsync(place.Owner, Fill.Replace("{0}", $"{users}", StringComparison.Ordinal), cancellationToken);
            await place.ExecuteAsync(server.Target(DatabaseName), "VACUUM ANALYZE \"user\"", cancellationToken);
            return place;
        }
        catch
        {
            await place.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes away what a tool's run left, so that the next one begins from the same state.</summary>
    public Task ResetAsync(CancellationToken cancellationToken) => ExecuteAsync(
        Owner, "ALTER TABLE \"user\" DROP COLUMN IF EXISTS max_alerts; DROP SCHEMA IF EXISTS belay CASCADE; DROP SCHEMA IF EXISTS dbmate CASCADE", cancellationToken);

    /// <summary>Whether the migration's column is there.</summary>
    public async Task<bool> IsMigratedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(Owner).OpenAsync("bench", cancellationToken);
        await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_attribute WHERE attrelid = '\"user\"'::regclass AND attname = 'max_alerts' AND NOT attisdropped", connection);
        return await command.ExecuteScalarAsync(cancellationToken) is 1L;
    }

    /// <summary>An empty folder that goes with the rest.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(Folder, "work", name)).FullName;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        ServicePlace.Remove(Path.Combine(Folder, "postgres"));
        DeleteWork(Folder);
    }

    private async Task ExecuteAsync(DatabaseTarget target, string sql, CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(target).OpenAsync("bench", cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void DeleteWork(string folder)
    {
        if (Directory.Exists(Path.Combine(folder, "work")))
        {
            Directory.Delete(Path.Combine(folder, "work"), recursive: true);
        }
    }
}
