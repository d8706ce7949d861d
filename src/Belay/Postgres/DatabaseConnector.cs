using Belay.Settings;
using Npgsql;

namespace Belay.Postgres;

/// <summary>Opens connections to one database, each with the name of the stage that uses it.</summary>
/// <remarks>Connections are never pooled: a pooled one brings another stage's settings along and outlives the stage.</remarks>
public sealed class DatabaseConnector
{
    private readonly NpgsqlConnectionStringBuilder settings;

    /// <summary>Prepares the connection settings; connects to nothing.</summary>
    /// <param name="target">The database.</param>
    public DatabaseConnector(DatabaseTarget target)
    {
        Target = target;
        settings = ConnectionSettings.From(target);
    }

    /// <summary>The database.</summary>
    public DatabaseTarget Target { get; }

    /// <summary>Opens a connection.</summary>
    /// <param name="purpose">The stage, shown as <c>application_name</c> "belay purpose" in pg_stat_activity.</param>
    /// <param name="cancellationToken">Stops waiting for the server.</param>
    /// <exception cref="DatabaseUnreachableException">No server took the connection.</exception>
    public async Task<NpgsqlConnection> OpenAsync(string purpose, CancellationToken cancellationToken)
    {
        var named = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { ApplicationName = $"belay {purpose}" };
        var connection = new NpgsqlConnection(named.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (Exception exception) when (exception is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException or ArgumentException)
        {
            await connection.DisposeAsync();
            throw new DatabaseUnreachableException(Target, exception);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
