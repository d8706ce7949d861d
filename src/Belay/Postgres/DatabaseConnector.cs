using Belay.Postgres.Tokens;
using Belay.Settings;
using Belay.Settings.Tokens;
using Npgsql;

namespace Belay.Postgres;

/// <summary>Opens connections to one database, each with the name of the stage that uses it.</summary>
/// <remarks>Connections are never pooled: a pooled one brings another stage's settings along and outlives the stage.</remarks>
public sealed class DatabaseConnector
{
    /// <summary>
    /// Limits that ALTER ROLE or ALTER DATABASE gave to the application's sessions would end a session that waits,
    /// holds a snapshot or migrates for long. idle_session_timeout is of version 14, transaction_timeout of version 17.
    /// </summary>
    private const string LiftLimits = """
        SELECT pg_catalog.set_config(name, '0', false)
        FROM pg_catalog.unnest('{statement_timeout, lock_timeout, idle_in_transaction_session_timeout, idle_session_timeout, transaction_timeout}'::text[])
            AS limits (name)
        WHERE pg_catalog.current_setting(name, true) <> '0'
        """;

    /// <summary>What <see cref="OpenAsync"/> sets: no such limits, and that the server looks whether its client is still there, because a
    /// killed release must not leave a statement that runs on for hours with its locks. PostgreSQL 14 and later can; one whose operating
    /// system cannot tell refuses all of it.</summary>
    internal const string Preparation = """
        SELECT pg_catalog.set_config(name, value, false)
        FROM (VALUES ('statement_timeout', '0'), ('lock_timeout', '0'), ('idle_in_transaction_session_timeout', '0'),
            ('idle_session_timeout', '0'), ('transaction_timeout', '0'), ('client_connection_check_interval', '2s')) AS wanted (name, value)
        WHERE pg_catalog.current_setting(name, true) <> value
        """;

    /// <summary>The purposes whose sessions read and write PostgreSQL's own types alone: Npgsql need not read the database's.</summary>
    private static readonly HashSet<string> OfOwnTypes = new(StringComparer.Ordinal)
    {
        "runner lock", "lock watcher", "journal", "session check",
    };

    private readonly NpgsqlConnectionStringBuilder settings;

    /// <summary>Prepares the connection settings; connects to nothing.</summary>
    public DatabaseConnector(DatabaseTarget target)
    {
        Target = target;
        settings = ConnectionSettings.From(target);
    }

    /// <summary>The database.</summary>
    public DatabaseTarget Target { get; }

    /// <summary>Opens a connection and lifts the time limits that role or database give to its session; the server ends what it does soon
    /// after this process is gone.</summary>
    /// <param name="purpose">The stage, shown as <c>application_name</c> "belay purpose" in pg_stat_activity.</param>
    /// <exception cref="DatabaseUnreachableException">No server took the connection.</exception>
    public async Task<NpgsqlConnection> OpenAsync(string purpose, CancellationToken cancellationToken)
    {
        var connection = await OpenAsItIsAsync(purpose, cancellationToken);
        try
        {
            await PrepareAsync(connection, cancellationToken);
            return connection;
        }
        catch (NpgsqlException exception)
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

    /// <summary>Opens a connection and sets nothing: for those who look, also through a pooler, which
    /// would hand settings on to the application.</summary>
    /// <param name="purpose">The stage, shown as <c>application_name</c> "belay purpose" in pg_stat_activity.</param>
    /// <exception cref="DatabaseUnreachableException">No server took the connection.</exception>
    public async Task<NpgsqlConnection> OpenAsItIsAsync(string purpose, CancellationToken cancellationToken)
    {
        var named = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { ApplicationName = $"belay {purpose}" };
        if (OfOwnTypes.Contains(purpose))
        {
            named["Server Compatibility Mode"] = "NoTypeLoading";
        }

        if (Target.Tokens is not null)
        {
            named.Password = await IssueAsync(Target.Tokens, cancellationToken);
        }

        var connection = new NpgsqlConnection(named.ConnectionString);
        var opening = connection.OpenAsync(cancellationToken);
        try
        {
            await opening.WaitAsync(cancellationToken);
            return connection;
        }
        catch (OperationCanceledException) when (!opening.IsCompleted)
        {
            Abandon(connection, opening);
            throw;
        }
        catch (Exception exception)
            when (exception is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException or ArgumentException)
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

    /// <summary>Npgsql loses a cancellation that comes just before it reads the server's first answer, and then waits for that as long as
    /// the connection's time limit lets it; until then the connection cannot be disposed either.</summary>
    private static void Abandon(NpgsqlConnection connection, Task opening)
        => opening.ContinueWith(
            ended =>
            {
                _ = ended.Exception;
                connection.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

    /// <summary>Reads something over a connection of its own that sets nothing.</summary>
    /// <param name="purpose">The stage, shown as <c>application_name</c> "belay purpose" in pg_stat_activity.</param>
    /// <exception cref="DatabaseUnreachableException">No server took the connection.</exception>
    /// <exception cref="DatabaseUnreadableException">The server went away or refused meanwhile.</exception>
    public async Task<T> ReadAsync<T>(string purpose, Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        await using var connection = await OpenAsItIsAsync(purpose, cancellationToken);
        try
        {
            return await read(connection);
        }
        catch (NpgsqlException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DatabaseUnreadableException(Target, fault);
        }
    }

    private async Task<string> IssueAsync(DatabaseTokens tokens, CancellationToken cancellationToken)
    {
        try
        {
            return (await tokens.GetAsync(cancellationToken)).Reveal();
        }
        catch (TokenException exception)
        {
            throw new DatabaseUnreachableException(Target, exception);
        }
    }

    /// <summary>Makes of a session as <see cref="OpenAsItIsAsync"/> opens it one of <see cref="OpenAsync"/>.</summary>
    /// <exception cref="NpgsqlException">The session was lost.</exception>
    internal static async Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.ExecuteAsync(Preparation, cancellationToken);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InvalidParameterValue)
        {
            // Its sessions then end as those of older servers do, at their next answer.
            await connection.ExecuteAsync(LiftLimits, cancellationToken);
        }
    }
}
