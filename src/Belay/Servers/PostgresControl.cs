using Belay.Postgres;
using CliWrap;
using CliWrap.Buffered;

namespace Belay.Servers;

/// <summary>Runs initdb and pg_ctl for one server folder.</summary>
internal sealed class PostgresControl(PostgresTools tools, ServiceAccount account, ServerFolder folder, TimeProvider timeProvider)
{
    private const int SecondsToStart = 60;
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TimeToVanish = TimeSpan.FromSeconds(5);

    /// <summary>Creates the cluster when there is none. It appears whole or not at all, whenever this process is killed.</summary>
    public async Task CreateClusterAsync(CancellationToken cancellationToken)
    {
        if (folder.HasCluster)
        {
            return;
        }

        await UnfinishedCluster.RemoveAsync(folder.UnfinishedData, timeProvider, cancellationToken);
        folder.WriteNewPassword();
        await account.OwnAsync(folder.Path, cancellationToken);
        var authentication = tools.Major >= 10 ? "scram-sha-256" : "md5";
        var result = await Run(
            "initdb",
            "-D",
            folder.UnfinishedData,
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C",
            "-A",
            authentication,
            $"--pwfile={folder.Password}",
            "-N")
            .ExecuteBufferedAsync(cancellationToken);
        if (!result.IsSuccess)
        {
            throw new PostgresServerException($"initdb could not create a cluster in {folder.Path}: {LastLines(result.StandardError)}");
        }

        await File.AppendAllTextAsync(
            Path.Combine(folder.UnfinishedData, "postgresql.conf"), "\ninclude_if_exists = 'belay.conf'\n", cancellationToken);
        Directory.Move(folder.UnfinishedData, folder.Data);
    }

    /// <summary>Starts the server and waits until it takes connections, 60 seconds at most.</summary>
    /// <param name="cancellationToken">Stops waiting; the caller stops the server.</param>
    /// <returns>False when another program has the port.</returns>
    /// <remarks>pg_ctl starts the server in a session of its own, so Ctrl+C at the terminal never reaches it.</remarks>
    public async Task<bool> StartAsync(string settings, CancellationToken cancellationToken)
    {
        RemoveStalePostmasterFile();
        File.Delete(folder.Log);
        await File.WriteAllTextAsync(folder.Settings, settings, cancellationToken);
        await account.OwnAsync(folder.Settings, cancellationToken);
        var result = await Run("pg_ctl", "start", "-D", folder.Data, "-l", folder.Log, "-w", "-t", $"{SecondsToStart}")
            .ExecuteBufferedAsync(cancellationToken);
        if (result.IsSuccess)
        {
            return true;
        }

        var log = File.Exists(folder.Log) ? await File.ReadAllTextAsync(folder.Log, cancellationToken) : "";
        return log.Contains("Address already in use", StringComparison.Ordinal)
            || log.Contains("could not create any TCP/IP sockets", StringComparison.Ordinal)
            ? false
            : throw new PostgresServerException(
                $"PostgreSQL {tools.Version} did not start in {folder.Path}: {LastLines(log.Length > 0 ? log : result.StandardError)}",
                $"see {folder.Log}");
    }

    /// <summary>Stops the server: fast, then immediately, and makes sure that it is gone.</summary>
    /// <param name="immediately">Whether to leave out the orderly way, as a crash does.</param>
    /// <exception cref="PostgresServerException">It still runs.</exception>
    public async Task StopAsync(bool immediately = false)
    {
        if (!immediately)
        {
            await StopOnceAsync("fast");
        }

        await StopOnceAsync("immediate");
        if (folder.Running() is { } running)
        {
            throw new PostgresServerException(
                $"PostgreSQL (process {running.Process.Id}) in {folder.Path} does not stop.", $"kill -9 {running.Process.Id}");
        }
    }

    private async Task StopOnceAsync(string mode)
    {
        if (folder.Running() is not { } running)
        {
            return;
        }

        // Not cancellable: a server that is left behind is worse than a slow end. And pg_ctl itself looks only every 100 ms.
        var asked = await Run("pg_ctl", "stop", "-D", folder.Data, "-m", mode, "-W").ExecuteBufferedAsync(CancellationToken.None);
        await StopLook(TimeToStop).UntilAsync(() => !asked.IsSuccess || folder.Running() is null, CancellationToken.None);
        await StopLook(TimeToVanish).UntilAsync(
            () => !running.Process.IsRunning || folder.Running() is not null, CancellationToken.None);
    }

    /// <summary>A new server refuses to start while the file names a live process, whatever program that is by now.</summary>
    private void RemoveStalePostmasterFile()
    {
        if (folder.Running() is { } running)
        {
            throw new PostgresServerException(
                $"PostgreSQL (process {running.Process.Id}, port {running.Port}) runs in {folder.Path} already.");
        }

        File.Delete(folder.PostmasterFile);
    }

    private Polling StopLook(TimeSpan patience) => new(timeProvider) { Pause = TimeSpan.FromMilliseconds(10), Patience = patience };

    private Command Run(string program, params string[] arguments) => account.Command(folder.Path, tools.PathOf(program), arguments);

    private static string LastLines(string text)
        => string.Join(" / ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(3));
}
