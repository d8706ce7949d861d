using Belay.Local.Node;
using Belay.Storage.Azure;

namespace Belay.Local;

/// <summary>A running Azurite, the Azure Blob Storage emulator, on 127.0.0.1 with an account key of its own.</summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    /// <summary>node counts the bytes of requests as its own memory and by default collects every few of them, which takes more than half
    /// of Azurite's processor time. Below this size it looks for young garbage only.</summary>
    private static readonly string[] Collecting = ["--initial-old-space-size=256"];

    private readonly AzuriteOptions options;
    private readonly NodeServerProcess process;

    private AzuriteServer(AzuriteOptions options, NodeServerProcess process)
    {
        this.options = options;
        this.process = process;
    }

    /// <summary>The TCP port on 127.0.0.1.</summary>
    public int Port => process.Port;

    /// <summary>The server's process, for the one who ends it later.</summary>
    public int ProcessId => process.ProcessId;

    /// <summary>The account's key, to start again with the same one.</summary>
    public Secret AccountKey => options.AccountKey;

    /// <summary>The storage account's connection string.</summary>
    public Secret ConnectionString => ConnectionStringFor(options.Account, options.AccountKey, Port);

    /// <summary>Starts on a free port, with its data in a folder.</summary>
    /// <param name="folder">Where it keeps its data and its log.</param>
    /// <exception cref="NodeServerException">It cannot be installed, or does not answer within a minute.</exception>
    public static Task<AzuriteServer> StartAsync(string folder, CancellationToken cancellationToken)
        => StartAsync(new AzuriteOptions { Folder = folder }, cancellationToken);

    /// <summary>Starts as the options say; the same folder, port and key bring back the data of an earlier run.</summary>
    /// <param name="options">The folder, port and key.</param>
    /// <exception cref="NodeServerException">It cannot be installed, or does not answer within a minute.</exception>
    public static async Task<AzuriteServer> StartAsync(AzuriteOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        Directory.CreateDirectory(options.Folder);
        var modules = await NpmInstallation.EnsureAsync(
            NodePackages.Azurite with { Told = options.Told }, options.InstallFolder, options.TimeProvider, cancellationToken);
        var script = Path.Combine(modules, "azurite", "dist", "src", "blob", "main.js");
        return new AzuriteServer(
            options,
            await NodeServerProcess.StartAsync(
                options.Port, NodePackages.Azurite, port => Launch(options, script, port), cancellationToken));
    }

    /// <summary>The connection string of an account on 127.0.0.1.</summary>
    /// <param name="accountKey">Its key in Base64.</param>
    public static Secret ConnectionStringFor(string account, Secret accountKey, int port)
        => new(
            $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={accountKey.Reveal()};BlobEndpoint=http://"
                + $"127.0.0.1:{port}/{account};");

    /// <summary>The location of a container; <see cref="Storage.IBackupStore.ProbeAsync"/> creates it when missing.</summary>
    public AzureStoreLocation Location(string container) => new()
    {
        Container = container,
        Account = options.Account,
        ConnectionString = ConnectionString,
    };

    /// <summary>Ends the server, letting it write its data first.</summary>
    public Task StopAsync() => process.StopAsync();

    /// <summary>Ends the server without letting it write anything, as a power failure would.</summary>
    public Task KillAsync() => process.KillAsync();

    /// <summary>Ends the server, unless it is meant to outlive this process.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!options.OutlivesThisProcess)
        {
            await StopAsync();
            process.Dispose();
        }
    }

    private static NodeServerLaunch Launch(AzuriteOptions options, string script, int port) => new()
    {
        Package = NodePackages.Azurite,
        Folder = options.Folder,
        Arguments =
        [
            .. Collecting, script, "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--location", options.Folder,
            "--blobHost", "127.0.0.1", "--blobPort", $"{port}",
        ],
        Environment = new Dictionary<string, string?> { ["AZURITE_ACCOUNTS"] = $"{options.Account}:{options.AccountKey.Reveal()}" },
        Port = port,
        TimeProvider = options.TimeProvider,
        Path = $"{options.Account}?comp=list",
        IsAnswer = answer => answer.Headers.Server.Count > 0 || answer.Headers.Contains("x-ms-request-id"),
    };
}
