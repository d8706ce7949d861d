using System.Security.Cryptography;
using Belay.Postgres;
using Belay.Servers;
using Belay.Settings;
using Npgsql;

namespace Belay.IntegrationTests.Support;

/// <summary>A database of one test. <see cref="Target"/> connects as the superuser.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly PostgresServer server;
    private readonly List<string> roles = [];

    private TestDatabase(PostgresServer server, string name)
    {
        this.server = server;
        Target = server.Target(name);
        Connector = new DatabaseConnector(Target);
    }

    public DatabaseTarget Target { get; }

    public DatabaseConnector Connector { get; }

    public static async Task<TestDatabase> CreateAsync(
        PostgresServer server, string name, CancellationToken cancellationToken, string options = "")
    {
        await using var connection = await new DatabaseConnector(server.Target("postgres")).OpenAsync("test", cancellationToken);

        // Without fsync copying the files costs less than half of logging each page, which is the default from version 15 on.
        var strategy = server.Tools.Major >= 15 ? "STRATEGY file_copy" : "";
        await connection.ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE template0 {strategy} {options}", cancellationToken);
        return new TestDatabase(server, name);
    }

    /// <summary>A connection as the superuser.</summary>
    public Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => Connector.OpenAsync("test", cancellationToken);

    /// <summary>Runs statements as the superuser.</summary>
    public Task ExecuteAsync(string sql, CancellationToken cancellationToken) => Target.ExecuteAsync(sql, cancellationToken);

    /// <summary>A session that did something in a transaction and keeps it open, with its locks, until it is disposed.</summary>
    public async Task<NpgsqlConnection> HoldAsync(string sql, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken);
        await connection.ExecuteAsync($"BEGIN; {sql}", cancellationToken);
        return connection;
    }

    /// <summary>The first column of a query's first row, as the superuser.</summary>
    public Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken) => Target.ScalarAsync(sql, cancellationToken);

    /// <summary>A new role that may log in and nothing else, dropped with the database.</summary>
    /// <param name="attributes">More of CREATE ROLE, for example <c>CREATEDB</c>.</param>
    /// <returns>This database as that role.</returns>
    public async Task<DatabaseTarget> CreateRoleAsync(CancellationToken cancellationToken, string attributes = "")
    {
        var role = $"role_{Guid.NewGuid():N}";
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        await ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD '{password}' {attributes}", cancellationToken);
        roles.Add(role);
        return Target with { Username = role, Password = new Secret(password) };
    }

    public async ValueTask DisposeAsync()
    {
        if (server.Process is null)
        {
            return;
        }

        await using var connection = await new DatabaseConnector(server.Target("postgres")).OpenAsync("test", CancellationToken.None);
        await connection.ExecuteAsync(
            $"UPDATE pg_database SET datallowconn = false WHERE datname = '{Target.Database}'", CancellationToken.None);
        await connection.ExecuteAsync($"DROP DATABASE IF EXISTS \"{Target.Database}\" WITH (FORCE)", CancellationToken.None);
        foreach (var role in roles)
        {
            await connection.ExecuteAsync($"DROP ROLE {role}", CancellationToken.None);
        }
    }
}
