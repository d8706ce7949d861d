using Belay.Postgres;
using Belay.Servers;
using Belay.Settings;
using Npgsql;

namespace Belay.Local;

/// <summary>The local profile's PostgreSQL with the guide's database.</summary>
internal sealed record LocalDatabase(PostgresServer Server, SampleRoles Roles)
{
    /// <summary>The database's name.</summary>
    public const string Name = "app";

    /// <summary>The database as the role that migrates it. The server has no TLS, and some drivers
    /// demand it where the address says nothing.</summary>
    public DatabaseTarget Owner => Server.Target(Name) with
    {
        Username = Roles.Owner,
        Password = Roles.OwnerPassword,
        Options = new Dictionary<string, string> { ["sslmode"] = "disable" },
    };

    /// <summary>The database as the login API's role.</summary>
    public DatabaseTarget Api => Server.Target(Name) with { Username = Roles.Api, Password = Roles.ApiPassword };

    /// <summary>The running server, or else a started one whose database has at least the guide's schema
    /// from before the migration.</summary>
    /// <param name="options">The programs and the folder.</param>
    /// <param name="lastPort">The port to take again when it is free; null for any.</param>
    public static async Task<LocalDatabase> StartAsync(
        PostgresServerOptions options, int? lastPort, SampleRoles roles, CancellationToken cancellationToken)
    {
        if (PostgresServer.Attach(options) is { } running)
        {
            return new LocalDatabase(running, roles);
        }

        var port = lastPort is { } last && FreePort.IsFree(last) ? lastPort : null;
        var server = await PostgresServer.StartAsync(options with { Port = port, OutlivesOwner = true }, cancellationToken);
        try
        {
            await CreateAsync(server, cancellationToken);
            await using var connection = await new DatabaseConnector(server.Target(Name)).OpenAsync("local", cancellationToken);
            await SampleSchema.ApplyAsync(connection, roles, cancellationToken);
            return new LocalDatabase(server, roles);
        }
        catch
        {
            await server.StopAsync();
            throw;
        }
    }

    private static async Task CreateAsync(PostgresServer server, CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(server.Target("postgres")).OpenAsync("local", cancellationToken);
        await using var exists = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM pg_database WHERE datname = '{Name}')", connection);
        if (!(bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
        {
            await using var create = new NpgsqlCommand($"CREATE DATABASE {Name} TEMPLATE template0", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
