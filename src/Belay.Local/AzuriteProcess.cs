using System.ComponentModel;
using System.Diagnostics;
using CliWrap;

namespace Belay.Local;

/// <summary>The node process that runs Azurite.</summary>
internal sealed class AzuriteProcess : IDisposable
{
    /// <summary>Its output goes to a file, because it may outlive the process that would read a pipe; a closed terminal does not end it.</summary>
    private const string Launch = "trap '' HUP; log=$1; shift; exec node \"$@\" > \"$log\" 2>&1 < /dev/null";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource interrupt = new();
    private readonly CancellationTokenSource kill = new();
    private readonly string log;
    private readonly Task run;

    private AzuriteProcess(AzuriteOptions options, string script, int port)
    {
        Port = port;
        log = Path.Combine(options.Folder, "azurite.log");
        string[] arguments =
        [
            script, "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--location", options.Folder,
            "--blobHost", "127.0.0.1", "--blobPort", $"{port}",
        ];
        var command = (OperatingSystem.IsWindows() ? Cli.Wrap("node").WithArguments(arguments).WithStandardOutputPipe(PipeTarget.ToFile(log))
                : Cli.Wrap("/bin/sh").WithArguments(["-c", Launch, "sh", log, .. arguments]))
            .WithValidation(CommandResultValidation.None)
            .WithEnvironmentVariables(variables => variables.Set("AZURITE_ACCOUNTS", $"{options.Account}:{options.AccountKey.Reveal()}"));
        try
        {
            var execution = command.ExecuteAsync(kill.Token, interrupt.Token);
            ProcessId = execution.ProcessId;
            run = execution.Task;
        }
        catch (Win32Exception fault)
        {
            throw new AzuriteException("node was not found; it runs Azurite, the Azure Blob Storage emulator.", "Install Node.js, then run the command again.", fault);
        }
    }

    public int Port { get; }

    public int ProcessId { get; }

    public static async Task<AzuriteProcess> StartAsync(AzuriteOptions options, string script, int port, CancellationToken cancellationToken)
    {
        var process = new AzuriteProcess(options, script, port);
        try
        {
            await process.WaitUntilAnsweringAsync(new Uri($"http://127.0.0.1:{port}/{options.Account}?comp=list"), cancellationToken);
            return process;
        }
        catch
        {
            await process.KillAsync();
            process.Dispose();
            throw;
        }
    }

    public async Task StopAsync()
    {
        await interrupt.CancelAsync();
        if (await Task.WhenAny(run, Task.Delay(StopLimit, TimeProvider.System)) != run)
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

    private async Task WaitUntilAnsweringAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var started = Stopwatch.GetTimestamp();
        while (!await AnswersAsync(client, address, cancellationToken))
        {
            if (run.IsCompleted || Stopwatch.GetElapsedTime(started) > StartLimit)
            {
                var output = File.Exists(log) ? await File.ReadAllTextAsync(log, cancellationToken) : "";
                var what = run.IsCompleted ? "ended at once" : $"does not answer after {Quantity.Duration(StartLimit)}";
                throw new AzuriteException($"Azurite on 127.0.0.1:{Port} {what}: {output.Trim()}", $"See {log}; Azurite needs Node.js 20 or newer (node --version).");
            }

            await Task.Delay(PollInterval, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(address, cancellationToken);
            return answer.Headers.Server.Count > 0 || answer.Headers.Contains("x-ms-request-id");
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
