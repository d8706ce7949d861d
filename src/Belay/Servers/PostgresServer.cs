using Belay.Postgres;
using Belay.Settings;
using Npgsql;

namespace Belay.Servers;

/// <summary>A private PostgreSQL server on 127.0.0.1 with a folder of its own; runs as another user when this process is root.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Superuser = "postgres";
    private const int Attempts = 5;

    private PostgresServerOptions options;
    private readonly ServerFolder folder;
    private readonly PostgresControl control;
    private readonly bool stopsAtDispose;

    private PostgresServer(PostgresServerOptions options, ServerFolder folder, bool stopsAtDispose)
    {
        (this.options, this.folder, this.stopsAtDispose) = (options, folder, stopsAtDispose);
        control = new PostgresControl(options.Tools, ServiceAccount.Find(), folder, options.TimeProvider);
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>The server's main process; null when it does not run.</summary>
    public ProcessIdentity? Process => folder.Running()?.Process;

    /// <summary>The programs it runs with.</summary>
    public PostgresTools Tools => options.Tools;

    /// <summary>Creates the cluster when there is none and starts the server. A leftover of a process
    /// that ended is stopped first.</summary>
    /// <param name="cancellationToken">Stops the start; nothing keeps running then.</param>
    /// <exception cref="PostgresServerException">No server programs, the folder or the port is in use,
    /// or the server does not start.</exception>
    public static async Task<PostgresServer> StartAsync(PostgresServerOptions options, CancellationToken cancellationToken)
    {
        if (!options.Tools.HasServer)
        {
            throw new PostgresServerException(
                $"{options.Tools.Folder} has no initdb, pg_ctl and postgres.",
                "install the server package of PostgreSQL, or set PG_BIN to the folder that has them");
        }

        var folder = new ServerFolder(await ServicePlace.PrepareAsync(options.Folder, cancellationToken));
        await LeftoverServers.ClearAsync(folder, options.Tools, options.TimeProvider);

        // Before initdb, so that what a run leaves that is killed in it has an owner whose death is seen.
        new ServerOwner(options.OutlivesOwner ? null : ProcessIdentity.Current, options.Tools).Write(folder);
        var server = new PostgresServer(options, folder, stopsAtDispose: !options.OutlivesOwner);
        try
        {
            await server.control.CreateClusterAsync(cancellationToken);
            await server.LaunchAsync(options.Port, cancellationToken);
            return server;
        }
        catch
        {
            await server.StopAsync();
            throw;
        }
    }

    /// <summary>The server that runs in a folder already, whoever started it; disposing leaves it alone.</summary>
    /// <param name="options">Its programs and folder.</param>
    /// <returns>Null when none runs.</returns>
    public static PostgresServer? Attach(PostgresServerOptions options)
    {
        var folder = new ServerFolder(RealPath.Of(options.Folder));
        return folder.Running() is { } running ? new PostgresServer(options, folder, stopsAtDispose: false) { Port = running.Port } : null;
    }

    /// <summary>A database of this server, as its superuser.</summary>
    public DatabaseTarget Target(string database) => new()
    {
        Hosts = [new DatabaseHost("127.0.0.1", Port)],
        Database = database,
        Username = Superuser,
        Password = folder.ReadPassword(),
    };

    /// <summary>Stops the server: fast, then immediately. Does nothing when it does not run.</summary>
    /// <exception cref="PostgresServerException">It still runs.</exception>
    public Task StopAsync() => control.StopAsync();

    /// <summary>Ends the server without an orderly shutdown, as a crash does.</summary>
    /// <exception cref="PostgresServerException">It still runs.</exception>
    public Task CrashAsync() => control.StopAsync(immediately: true);

    /// <summary>Starts the stopped server again on the same port.</summary>
    /// <exception cref="PostgresServerException">The server does not start, or runs already.</exception>
    public Task StartAgainAsync(CancellationToken cancellationToken) => LaunchAsync(Port, cancellationToken);

    /// <summary>Stops the server and starts it on the same port with other settings.</summary>
    /// <param name="settings">The settings in place of those it was started with.</param>
    /// <exception cref="PostgresServerException">It does not stop, or does not start again.</exception>
    internal async Task RestartAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        await StopAsync();
        options = options with { Settings = settings };
        await LaunchAsync(Port, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (stopsAtDispose)
        {
            await StopAsync();
        }
    }

    private async Task LaunchAsync(int? wanted, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            Port = wanted ?? FreePort.Next();
            if (await control.StartAsync(ServerConfiguration.Text(options, Port), cancellationToken))
            {
                await GreetAsync(cancellationToken);
                return;
            }

            if (wanted is not null)
            {
                break;
            }
        }

        throw new PostgresServerException(
            $"Port {Port} of 127.0.0.1 is in use by another program; PostgreSQL in {folder.Path} did not start.",
            "stop that program or leave the port out");
    }

    private async Task GreetAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await new DatabaseConnector(Target("postgres")).OpenAsync("start", cancellationToken);
    }
}
