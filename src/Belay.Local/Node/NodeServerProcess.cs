using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using Belay.Settings;
using CliWrap;

namespace Belay.Local.Node;

/// <summary>The node process that runs a server.</summary>
internal sealed class NodeServerProcess : IDisposable
{
    /// <summary>Its output goes to a file, because it may outlive the process that would read a pipe. A closed terminal does not end
    /// it, nor does Ctrl+C there, which goes to a whole group: what is cancelled still writes its record. setsid is Linux's, Perl also
    /// macOS'.</summary>
    private const string Launch = """
        trap '' HUP
        log=$1
        shift
        exec > "$log" 2>&1 < /dev/null
        if command -v setsid > /dev/null; then
          exec setsid node "$@"
        elif command -v perl > /dev/null; then
          exec perl -e 'setpgrp; exec @ARGV or die "node: $!\n"' node "$@"
        fi
        exec node "$@"
        """;

    private const int StartAttempts = 3;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource interrupt = new();
    private readonly CancellationTokenSource kill = new();
    private readonly NodeServerLaunch launch;
    private readonly string log;
    private readonly Task run;

    private NodeServerProcess(NodeServerLaunch launch)
    {
        this.launch = launch;
        log = Path.Combine(launch.Folder, $"{launch.Package.Name.ToLowerInvariant()}.log");
        var command = (OperatingSystem.IsWindows()
            ? ChildEnvironment.Guest("node", launch.Environment)
                .WithArguments(launch.Arguments)
                .WithStandardOutputPipe(PipeTarget.ToFile(log))
                : ChildEnvironment.Guest("/bin/sh", launch.Environment).WithArguments(["-c", Launch, "sh", log, .. launch.Arguments]));
        try
        {
            var execution = command.ExecuteAsync(kill.Token, interrupt.Token);
            ProcessId = execution.ProcessId;
            run = execution.Task;
        }
        catch (Win32Exception fault)
        {
            throw new NodeServerException(
                $"node was not found; it runs {launch.Package.Name}, {launch.Package.Purpose}.",
                "Install Node.js, then run the command again.",
                fault);
        }
    }

    public int Port => launch.Port;

    public int ProcessId { get; }

    /// <summary>Starts on the wanted port or, when none is wanted, on a free one.</summary>
    /// <param name="package">The server, for messages.</param>
    /// <param name="describe">How to start it on a port.</param>
    public static async Task<NodeServerProcess> StartAsync(
        int? port, NpmPackage package, Func<int, NodeServerLaunch> describe, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartAsync(describe(TakePort(port, package)), cancellationToken);
            }
            catch (NodeServerException) when (port is null && attempt < StartAttempts)
            {
                // Another program may have taken the port between the look and the start; the next attempt takes another one.
            }
        }
    }

    public async Task StopAsync()
    {
        await interrupt.CancelAsync();
        if (await Task.WhenAny(run, Task.Delay(StopLimit, launch.TimeProvider)) != run)
        {
            await KillAsync();
        }

        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async Task KillAsync()
    {
        await kill.CancelAsync();
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        interrupt.Dispose();
        kill.Dispose();
    }

    private static async Task<NodeServerProcess> StartAsync(NodeServerLaunch launch, CancellationToken cancellationToken)
    {
        var process = new NodeServerProcess(launch);
        try
        {
            await process.WaitUntilAnsweringAsync(cancellationToken);
            return process;
        }
        catch
        {
            await process.KillAsync();
            process.Dispose();
            throw;
        }
    }

    private static int TakePort(int? wanted, NpmPackage package)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, wanted ?? 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException fault)
        {
            throw new NodeServerException(
                $"{package.Name} cannot listen on 127.0.0.1:{wanted}: {fault.Message}.",
                "End the program that listens there, or choose another port.",
                fault);
        }
    }

    private async Task WaitUntilAnsweringAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var answers = false;
        await new Polling(launch.TimeProvider) { Patience = StartLimit }.UntilAsync(
            async () => (answers = await AnswersAsync(client, cancellationToken)) || run.IsCompleted, cancellationToken);
        if (!answers)
        {
            var output = File.Exists(log) ? await File.ReadAllTextAsync(log, cancellationToken) : "";
            var what = run.IsCompleted ? "ended at once" : $"does not answer after {Quantity.Duration(StartLimit)}";
            throw new NodeServerException(
                $"{launch.Package.Name} on 127.0.0.1:{Port} {what}: {output.Trim()}",
                $"See {log}; {launch.Package.Name} needs Node.js 20 or newer (node --version).");
        }
    }

    private async Task<bool> AnswersAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{Port}/{launch.Path}"), cancellationToken);
            return launch.IsAnswer(answer);
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
