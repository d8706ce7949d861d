using Belay.Local;
using Belay.Postgres;
using Belay.Settings;
using Npgsql;

namespace Belay.Bench.Logins;

/// <summary>A private PostgreSQL with the sample's table of many users and the login API in front of it,
/// gone with all data when disposed.</summary>
internal sealed class LoginsPlace : IAsyncDisposable
{
    /// <summary>The four columns that the API reads, and users who all have the sample user's password.
    /// The ids of the sample end at 15.</summary>
    private const string Fill = """
        ALTER TABLE "user" ADD clear_previous_anomalies boolean NOT NULL DEFAULT true, ADD show_clear_warning boolean NOT NULL DEFAULT true,
            ADD max_reports integer NOT NULL DEFAULT 5, ADD max_templates integer NOT NULL DEFAULT 5;
        INSERT INTO "user" (id, username, password_hash)
            SELECT 100 + n, 'user' || n, (SELECT password_hash FROM "user" WHERE username = 'testuser') FROM generate_series(1, {0}) AS n;
        """;

    private readonly PostgresPlace postgres;
    private readonly DatabaseTarget superuser;
    private readonly SampleRoles roles = new(new Secret($"{Guid.NewGuid():N}"), new Secret($"{Guid.NewGuid():N}"));

    private LoginsPlace(PostgresPlace postgres, DatabaseTarget superuser) => (this.postgres, this.superuser) = (postgres, superuser);

    /// <summary>The programs.</summary>
    public PostgresTools Tools => postgres.Tools;

    /// <summary>The database as the role that owns the table.</summary>
    public DatabaseTarget Owner => superuser with { Username = roles.Owner, Password = roles.OwnerPassword };

    /// <summary>The database as the API's role.</summary>
    public DatabaseTarget Api => superuser with { Username = roles.Api, Password = roles.ApiPassword };

    /// <summary>Starts the server and makes the users.</summary>
    /// <exception cref="BenchException">This machine has no PostgreSQL server.</exception>
    public static async Task<LoginsPlace> OpenAsync(string folder, int users, CancellationToken cancellationToken)
    {
        var postgres = await PostgresPlace.OpenAsync(folder, cancellationToken);
        try
        {
            var place = new LoginsPlace(postgres, await postgres.CreateDatabaseAsync("logins", cancellationToken));
            await using var connection = await new DatabaseConnector(place.superuser).OpenAsync("bench", cancellationToken);
            await SampleSchema.ApplyAsync(connection, place.roles, cancellationToken);
            await ExecuteAsync(place.Owner, Fill.Replace("{0}", $"{users}", StringComparison.Ordinal), cancellationToken);
            await ExecuteAsync(place.superuser, "VACUUM ANALYZE \"user\"", cancellationToken);
            return place;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes away what a tool's run left, so that the next one begins from the same state.</summary>
    public Task ResetAsync(CancellationToken cancellationToken) => ExecuteAsync(
        Owner,
        "ALTER TABLE \"user\" DROP COLUMN IF EXISTS max_alerts; DROP SCHEMA IF EXISTS belay CASCADE; DROP SCHEMA IF EXISTS dbmate CASCADE",
        cancellationToken);

    /// <summary>Whether the migration's column is there.</summary>
    public async Task<bool> IsMigratedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(Owner).OpenAsync("bench", cancellationToken);
        await using var command = new NpgsqlCommand(
            "SELECT count(*) FROM pg_attribute WHERE attrelid = '\"user\"'::regclass AND attname = 'max_alerts' AND NOT attisdropped",
            connection);
        return await command.ExecuteScalarAsync(cancellationToken) is 1L;
    }

    /// <summary>An empty folder that goes with the rest.</summary>
    public string NewFolder(string name) => postgres.NewFolder(name);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => postgres.DisposeAsync();

    private static async Task ExecuteAsync(DatabaseTarget target, string sql, CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(target).OpenAsync("bench", cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
