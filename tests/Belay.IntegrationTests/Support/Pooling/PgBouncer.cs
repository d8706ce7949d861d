using System.Net.Sockets;
using Belay.Servers;
using Belay.Settings;
using CliWrap;

namespace Belay.IntegrationTests.Support.Pooling;

/// <summary>A real PgBouncer in front of a test's database.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    /// <summary>Its standard input ends with this process, also with a killed one; then the shell ends it.</summary>
    private const string Launch = "\"$1\" \"$2\" & pooler=$!; read -r nothing; kill -KILL $pooler; wait $pooler";

    private readonly CancellationTokenSource stop = new();
    private readonly string folder;
    private readonly Task run;

    private PgBouncer(DatabaseTarget target, string folder, Command command)
    {
        Target = target;
        this.folder = folder;
        run = command.WithStandardInputPipe(PipeSource.Create((_, _) => Task.Delay(Timeout.InfiniteTimeSpan, stop.Token)))
            .ExecuteAsync(CancellationToken.None);
    }

    /// <summary>The database through the pooler.</summary>
    public DatabaseTarget Target { get; }

    /// <summary>The same by another name, which the server does not know.</summary>
    public DatabaseTarget Alias => Target with { Database = $"{Target.Database}_alias" };

    /// <summary>Starts a pooler; skips the test where there is none for this machine.</summary>
    public static async Task<PgBouncer> StartAsync(
        DatabaseTarget database, PoolMode mode, CancellationToken cancellationToken, int poolSize = 20)
    {
        var root = await PgBouncerPackage.ProvideAsync(cancellationToken);
        var wanted = TestFolder.New("pooler");
        var place = await ServicePlace.PrepareAsync(wanted, cancellationToken);
        var target = database with { Hosts = [new DatabaseHost("127.0.0.1", FreePort.Next())] };
        var users = Path.Combine(place, "users.txt");
        await File.WriteAllTextAsync(users, $"\"{database.Username}\" \"{database.Password!.Reveal()}\"\n", cancellationToken);
        var settings = Path.Combine(place, "pgbouncer.ini");
        await File.WriteAllTextAsync(
            settings,
            $"""
            [databases]
            {database.Database}_alias = host={database.Hosts[0].Name} port={database.Hosts[0].Port} dbname={database.Database}
            * = host={database.Hosts[0].Name} port={database.Hosts[0].Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {target.Hosts[0].Port}
            unix_socket_dir =
            auth_type = scram-sha-256
            auth_file = {users}
            pool_mode = {mode.ToString().ToLowerInvariant()}
            default_pool_size = {poolSize}
            logfile = {Path.Combine(place, "pooler.log")}

            """,
            cancellationToken);
        var account = ServiceAccount.Find();
        await account.OwnAsync(place, cancellationToken);
        var command = account.Command(place, "/bin/sh", "-c", Launch, "sh", PgBouncerPackage.ProgramIn(root), settings)
            .WithEnvironmentVariables(variables => variables.Set("LD_LIBRARY_PATH", PgBouncerPackage.LibrariesIn(root)));
        var pooler = new PgBouncer(target, wanted, command);
        try
        {
            await pooler.WaitAsync(cancellationToken);
            return pooler;
        }
        catch
        {
            await pooler.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
        ServicePlace.Remove(folder);
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await ListensAsync(cancellationToken))
        {
            Assert.False(run.IsCompleted, "pgbouncer ended at once");
            Assert.True(TimeProvider.System.GetElapsedTime(started) < StartLimit, "pgbouncer does not listen");
            await Task.Delay(50, cancellationToken);
        }
    }

    private async Task<bool> ListensAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Target.Hosts[0].Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
